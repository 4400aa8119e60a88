package leat.web.outgoing;

import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import leat.kernel.Asks;
import leat.kernel.Definition;
import leat.kernel.Envelope;
import leat.kernel.Json;
import leat.kernel.Process;
import leat.kernel.Process.Nothing;
import leat.kernel.Reaction;
import leat.kernel.Recorded;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.kernel.Tasks;
import leat.kernel.UnservedException;

/**
 * Tells of a module's events those outside who want to know: a process sees each of them once, in order, and asks for a task
 * where the organization has listeners; the task reads what the event means to the outside and hands it to each listener.
 *
 * <p>A process is pure, and this one asks whether anybody listens before it asks for a task. Nothing is lost by that: what
 * it asked for is one write with how far it has come, and an event that it sees again is asked about again. Without
 * listeners an event costs one look into memory. A listener hears what happens from a second after it was registered.
 *
 * <p>Events older than {@link #KEPT} are not told of any more.
 */
public final class Publishing {
    /** How long an event waits for those who listen. */
    public static final Duration KEPT = Duration.ofDays(3);

    /** The task that brings an event to a listener; the module of webhooks does it. */
    public static final String DELIVER = "webhooks.deliver";

    /** Deliveries to one listener that are under way at once; the events of one entity are always in the same. */
    public static final int LANES = 4;

    private static final Logger LOG = System.getLogger("leat.web");
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    /** How long nobody is asked again when there was no answer. */
    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    private static final int MOST_REMEMBERED = 1_000;
    private static final TaskPolicy POLICY =
            TaskPolicy.DEFAULT.attempts(1_000).backoff(Duration.ofSeconds(1), Duration.ofMinutes(10));

    private final String module;
    private final Asks asks;
    private final Tasks tasks;
    private final Clock clock;
    private final Source source;
    private final Process<Nothing> process;
    private final Map<String, Known> known = new HashMap<>();
    private final AtomicLong unknownUntilNanos = new AtomicLong(System.nanoTime());

    /**
     * An event in the journal.
     *
     * @param entity the entity's type
     * @param id of the entity
     * @param version of the entity after it
     */
    public record Reference(String entity, String id, long version, Instant at) {
        /** How the outside calls it. */
        public String eventId() {
            return entity + "." + id + "." + version;
        }
    }

    /**
     * What an event means to the outside.
     *
     * @param type the name of an {@link EventType}
     * @param data a record of the type's class
     */
    public record Told(String type, String organization, Record data) {}

    /** Reads an event for the outside; it may wait. */
    @FunctionalInterface
    public interface Source {
        /** Empty for what concerns nobody outside, such as a private note. */
        Optional<Told> read(Reference reference);
    }

    /** @param only the one listener to whom it is told again; empty tells all */
    private record Errand(Reference event, Optional<String> only) {}

    /**
     * An event on its way to a listener, as the task {@link #DELIVER} carries it.
     *
     * @param module and event lead back to it, to tell it again
     * @param body JSON, as it is sent
     */
    public record Delivery(
            String organization, String listener, String module, Reference event, String type, String body) {}

    private record Known(long untilNanos, List<ListenersOf.Listener> listeners) {}

    private Publishing(Definition m, String module, Source source) {
        this.module = module;
        this.asks = m.asks();
        this.tasks = m.tasks();
        this.clock = m.clock();
        this.source = source;
        this.process = Process.named(module + ".publishing");
    }

    /**
     * Begins to say what a module tells the outside; {@link #mount} ends it.
     *
     * @param source what an event means to the outside
     */
    public static Publishing of(Definition m, String module, Source source) {
        return new Publishing(m, module, source);
    }

    /** @param organization where it happened, or empty when that concerns nobody outside; quick, for each event asks it */
    public <E> Publishing on(Class<E> event, Function<Recorded<E>, Optional<String>> organization) {
        process.on(event, it -> react(it, organization));
        return this;
    }

    public void mount(Definition m) {
        m.process(process);
        m.task(task(module), POLICY, this::tell);
    }

    private static String task(String module) {
        return module + ".publish";
    }

    private <E> Reaction<Nothing> react(Recorded<E> it, Function<Recorded<E>, Optional<String>> organization) {
        if (it.at().plus(KEPT).isBefore(clock.instant())) {
            return Reaction.none();
        }
        boolean heard = organization.apply(it).filter(this::hasListeners).isPresent();
        var event = new Reference(it.entity(), it.id(), it.version(), it.at());
        return heard
                ? Reaction.<Nothing>none().task(task(module), it.id(), new Errand(event, Optional.empty()), it.at())
                : Reaction.none();
    }

    /** Whether to ask for a task; when nobody can tell, one is asked for, and waits until somebody can. */
    private boolean hasListeners(String organization) {
        if (unknownUntilNanos.get() - System.nanoTime() > 0) {
            return true;
        }
        try {
            return !listeners(organization).isEmpty();
        } catch (UnservedException nobody) {
            return false;
        } catch (RuntimeException fault) {
            LOG.log(Logger.Level.DEBUG, "who listens cannot be told now", fault);
            unknownUntilNanos.set(System.nanoTime() + UNKNOWN.toNanos());
            return true;
        }
    }

    private List<ListenersOf.Listener> listeners(String organization) {
        long now = System.nanoTime();
        synchronized (known) {
            Known remembered = known.get(organization);
            if (remembered != null && remembered.untilNanos() - now > 0) {
                return remembered.listeners();
            }
        }
        List<ListenersOf.Listener> found =
                asks.ask(new ListenersOf(organization)).listeners();
        synchronized (known) {
            if (known.size() >= MOST_REMEMBERED) {
                known.clear();
            }
            known.put(organization, new Known(now + REMEMBERED.toNanos(), found));
        }
        return found;
    }

    private void tell(TaskRun task) {
        Errand errand = task.payload(Errand.class);
        Reference event = errand.event();
        Optional<Told> read =
                event.at().plus(KEPT).isBefore(clock.instant()) && errand.only().isEmpty()
                        ? Optional.empty()
                        : source.read(event);
        if (read.isEmpty()) {
            return;
        }
        Told told = read.get();
        String body = Json.text(new PublishedEvent(
                event.eventId(), told.type(), event.at(), told.organization(), Json.MAPPER.valueToTree(told.data())));
        for (ListenersOf.Listener listener :
                asks.ask(new ListenersOf(told.organization())).listeners()) {
            boolean wants = errand.only()
                    .map(listener.id()::equals)
                    .orElseGet(() -> listener.types().contains(told.type()));
            if (wants) {
                tasks.schedule(
                        DELIVER,
                        lane(listener.id(), event.id()),
                        new Delivery(told.organization(), listener.id(), module, event, told.type(), body),
                        clock.instant(),
                        task.envelope(0));
            }
        }
    }

    /** The key under which what happens to an entity is delivered to a listener. */
    public static String lane(String listener, String entityId) {
        return listener + "/" + Math.floorMod(entityId.hashCode(), LANES);
    }

    /** Has an event told again to one listener. */
    public static void again(Tasks tasks, Delivery delivery, Instant now, Envelope envelope) {
        tasks.schedule(
                task(delivery.module()),
                delivery.event().id(),
                new Errand(delivery.event(), Optional.of(delivery.listener())),
                now,
                envelope);
    }
}
