package leat.kernel.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import leat.kernel.Announcements;
import leat.kernel.Answer;
import leat.kernel.Ask;
import leat.kernel.Asks;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Forgetting;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.Position;
import leat.kernel.Process;
import leat.kernel.Reader;
import leat.kernel.Recorded;
import leat.kernel.TaskHandler;
import leat.kernel.TaskPolicy;
import leat.kernel.Tasks;
import leat.kernel.UnservedException;
import leat.kernel.View;
import leat.kernel.port.Blobs;
import leat.kernel.port.Engine;
import leat.kernel.port.Logs;
import leat.kernel.sql.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Collects what modules say about themselves, and gives them handles that begin to work once the node has filled them.
 *
 * <p>Everything here happens before the node starts, on one thread; afterwards it is only read.
 */
final class Mounting {
    final Map<String, String> moduleOfEntity = new LinkedHashMap<>();
    final List<EntityHandle<?, ?, ?>> entities = new ArrayList<>();
    final List<ViewHandle> views = new ArrayList<>();
    final List<Process<?>> processes = new ArrayList<>();
    final Map<String, TaskWorkers.Kind> tasks = new LinkedHashMap<>();
    final Map<Class<?>, Function<?, ?>> answers = new HashMap<>();
    final AskTimes asked = new AskTimes();
    final Map<Class<?>, List<Object>> added = new HashMap<>();
    final Map<String, List<Forgetting>> forgetting = new LinkedHashMap<>();
    final List<Runnable> onStart = new ArrayList<>();
    final List<Runnable> onStop = new ArrayList<>();
    final List<String> modules = new ArrayList<>();

    private volatile Asks elsewhere = Mounting::nobody;
    private final Engine engine;
    private final Clock clock;
    private final Ids ids;
    private final Announcements announcements;
    private final Tasks scheduler;

    /** @param number this node's among those that share the journal; it goes into ids */
    Mounting(Engine engine, Clock clock, int number, Announcements announcements, Tasks scheduler) {
        this.engine = engine;
        this.clock = clock;
        this.ids = new Ids(clock, number);
        this.announcements = announcements;
        this.scheduler = scheduler;
    }

    private static <R> R nobody(Ask<R> question) {
        throw new UnservedException(question.getClass().getSimpleName());
    }

    void mount(Module module) {
        if (modules.contains(module.name())) {
            throw new IllegalArgumentException("the module " + module.name() + " is mounted twice");
        }
        modules.add(module.name());
        module.define(new ModuleDefinition(module.name()));
    }

    private final class ModuleDefinition implements Definition {
        private final String module;

        ModuleDefinition(String module) {
            this.module = module;
        }

        @Override
        public <C, E, S> Entities<C, E, S> entity(EntityType<C, E, S> type) {
            if (moduleOfEntity.putIfAbsent(type.name(), module) != null) {
                throw new IllegalArgumentException("the entity \"" + type.name() + "\" is defined twice");
            }
            EntityHandle<C, E, S> handle = new EntityHandle<>(module, type);
            entities.add(handle);
            return handle;
        }

        @Override
        public Reader view(View view) {
            own(view.name());
            ViewHandle handle = new ViewHandle(view);
            views.add(handle);
            return handle;
        }

        @Override
        public void process(Process<?> process) {
            own(process.name());
            processes.add(process);
        }

        @Override
        public void task(String kind, TaskPolicy policy, TaskHandler handler) {
            own(kind);
            if (tasks.putIfAbsent(kind, new TaskWorkers.Kind(policy, handler)) != null) {
                throw new IllegalArgumentException("the task \"" + kind + "\" is defined twice");
            }
        }

        private void own(String name) {
            if (!name.startsWith(module + ".")) {
                throw new IllegalArgumentException("\"" + name + "\" belongs to the module " + module
                        + ", so its name must begin with \"" + module + ".\"");
            }
        }

        @Override
        public <R, Q extends Ask<R>> void serves(Class<Q> question, Function<Q, R> answer) {
            if (answers.putIfAbsent(question, answer) != null) {
                throw new IllegalArgumentException(question.getSimpleName() + " is served twice");
            }
        }

        @Override
        public void forgets(Forgetting part) {
            forgetting.computeIfAbsent(module, any -> new ArrayList<>()).add(part);
        }

        @Override
        public <T> void adds(Class<T> kind, T thing) {
            added.computeIfAbsent(kind, any -> new ArrayList<>()).add(thing);
        }

        @Override
        public void onStart(Runnable action) {
            onStart.add(action);
        }

        @Override
        public void onStop(Runnable action) {
            onStop.add(action);
        }

        @Override
        public Asks asks() {
            return Mounting.this::ask;
        }

        @Override
        public Announcements announcements() {
            return announcements;
        }

        @Override
        public Tasks tasks() {
            return scheduler;
        }

        @Override
        public Blobs blobs() {
            return engine.blobs();
        }

        @Override
        public Logs logs() {
            return engine.logs();
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public Ids ids() {
            return ids;
        }
    }

    @SuppressWarnings("unchecked")
    <R> R ask(Ask<R> question) {
        Function<Ask<R>, R> answer = (Function<Ask<R>, R>) answers.get(question.getClass());
        return asked.timed(
                asked(question.getClass()), () -> answer == null ? elsewhere.ask(question) : answer.apply(question));
    }

    /** The module that is asked: questions stand in its package, {@code leat.<module>}. */
    private static String asked(Class<?> question) {
        String name = question.getName();
        int begin = name.indexOf('.') + 1;
        int end = name.indexOf('.', begin);
        return end < 0 ? name : name.substring(begin, end);
    }

    /** Where questions go that no module of this node answers. */
    void askElsewhere(Asks asks) {
        elsewhere = asks;
    }

    /** Stands for entities until they are hosted. */
    static final class EntityHandle<C, E, S> implements Entities<C, E, S> {
        final String module;
        final EntityType<C, E, S> type;
        private volatile @Nullable EntityHost<C, E, S> host;

        EntityHandle(String module, EntityType<C, E, S> type) {
            this.module = module;
            this.type = type;
        }

        void fill(EntityHost<C, E, S> filled) {
            host = filled;
        }

        EntityHost<C, E, S> host() {
            EntityHost<C, E, S> present = host;
            if (present == null) {
                throw new IllegalStateException(type.name() + " is used before the node has started");
            }
            return present;
        }

        /** Decides a command that was stored as JSON. */
        void tellStored(ProcessFollower.Told told, Envelope envelope) {
            C command = type.commands()
                    .decode(
                            told.command(),
                            told.schema(),
                            told.json().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            host().tell(told.id(), command, envelope);
        }

        @Override
        public Answer<S> tell(String id, C command, Envelope envelope) {
            return host().tell(id, command, envelope);
        }

        @Override
        public Answer<S> tell(String id, long expectedVersion, C command, Envelope envelope) {
            return host().tell(id, expectedVersion, command, envelope);
        }

        @Override
        public Answer<S> get(String id) {
            return host().get(id);
        }

        @Override
        public List<Recorded<E>> history(String id, long afterVersion, int limit) {
            return host().history(id, afterVersion, limit);
        }

        @Override
        public S at(String id, long version) {
            return host().at(id, version);
        }
    }

    /** Stands for a view until it is followed. */
    static final class ViewHandle implements Reader {
        final View view;
        private volatile @Nullable ViewFollower follower;

        ViewHandle(View view) {
            this.view = view;
        }

        void fill(ViewFollower filled) {
            follower = filled;
        }

        private ViewFollower follower() {
            ViewFollower present = follower;
            if (present == null) {
                throw new IllegalStateException(view.name() + " is read before the node has started");
            }
            return present;
        }

        @Override
        public <T> T read(Function<Sql, T> query) {
            return follower().read(query);
        }

        @Override
        public boolean await(Position position, Duration patience) {
            return follower().await(position, patience);
        }
    }
}
