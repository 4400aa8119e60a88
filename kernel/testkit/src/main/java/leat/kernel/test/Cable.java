package leat.kernel.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import leat.kernel.port.Blobs;
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Keys;
import leat.kernel.port.LocalBus;
import leat.kernel.port.Logs;
import leat.kernel.port.RequestException;
import leat.kernel.port.ViewStore;
import leat.kernel.sql.Dialect;
import leat.kernel.sql.Sql;

/**
 * Stands between one node and what it shares with others, so that a test can hold the node still, as a stopped process
 * stands still, or cut it off, as a process dies.
 *
 * <p>While it is held, everything the node does outside of its memory waits; what it had begun is done. Once it is cut,
 * everything fails, for ever.
 */
public final class Cable implements Engine {
    private final Engine engine;
    private final boolean alone;
    private final Journal journal;
    private final Keys keys;
    private final ViewStore views;
    private final Bus bus;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final List<AutoCloseable> served = new CopyOnWriteArrayList<>();
    private boolean held;
    private boolean cut;

    public Cable(Engine engine) {
        this(engine, engine.alone());
    }

    /** @param alone whether the node must be the only one */
    public Cable(Engine engine, boolean alone) {
        this.engine = engine;
        this.alone = alone;
        this.journal = guarded(Journal.class, engine.journal());
        this.keys = guarded(Keys.class, engine.keys());
        this.views = new Views(engine.views());
        this.bus = new Ends(engine.bus());
    }

    public void hold() {
        change(true, cut);
    }

    public void release() {
        change(false, cut);
    }

    /** Nobody reaches the node any more, either. */
    public void cut() {
        change(false, true);
        served.forEach(serving -> {
            try {
                serving.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void change(boolean hold, boolean sever) {
        lock.lock();
        try {
            held = hold;
            cut = sever;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean severed() {
        lock.lock();
        try {
            return cut;
        } finally {
            lock.unlock();
        }
    }

    private void pass() {
        lock.lock();
        try {
            while (held) {
                released.awaitUninterruptibly();
            }
            if (cut) {
                throw new JournalException("this node is cut off", new IllegalStateException("on demand"));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Every call passes before it begins and before its result is seen. */
    private <T> T passing(Supplier<T> work) {
        pass();
        T result = work.get();
        pass();
        return result;
    }

    private <T> T guarded(Class<T> port, T target) {
        return port.cast(Proxy.newProxyInstance(
                Cable.class.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    pass();
                    try {
                        Object result = method.invoke(target, arguments);
                        pass();
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private final class Views implements ViewStore {
        private final ViewStore target;

        Views(ViewStore target) {
            this.target = target;
        }

        @Override
        public Dialect dialect() {
            return target.dialect();
        }

        @Override
        public Database open(String view, String tag, List<String> schema) {
            return passing(() -> new Tables(target.open(view, tag, schema)));
        }

        @Override
        public Database beside(String view, String tag, List<String> schema) {
            return passing(() -> new Tables(target.beside(view, tag, schema)));
        }

        @Override
        public Database swap(Database live, Database rebuilt) {
            return passing(() -> new Tables(target.swap(((Tables) live).target, ((Tables) rebuilt).target)));
        }

        @Override
        public void retire(String view, String tag) {
            passing(() -> {
                target.retire(view, tag);
                return true;
            });
        }
    }

    private final class Tables implements ViewStore.Database {
        private final ViewStore.Database target;

        Tables(ViewStore.Database target) {
            this.target = target;
        }

        @Override
        public void write(Consumer<Sql> work) {
            passing(() -> {
                target.write(work);
                return true;
            });
        }

        @Override
        public <T> T read(Function<Sql, T> work) {
            return passing(() -> target.read(work));
        }

        /** Other nodes read on. */
        @Override
        public void close() {}
    }

    private final class Ends implements Bus {
        private final Bus target;

        Ends(Bus target) {
            this.target = target;
        }

        @Override
        public void publish(String topic, byte[] payload) {
            if (!severed()) {
                pass();
                target.publish(topic, payload);
            }
        }

        @Override
        public AutoCloseable subscribe(String topic, Consumer<Message> listener) {
            return target.subscribe(topic, message -> {
                if (!severed()) {
                    pass();
                    listener.accept(message);
                }
            });
        }

        @Override
        public CompletableFuture<byte[]> request(String topic, byte[] payload, Duration deadline) {
            try {
                pass();
            } catch (JournalException gone) {
                return LocalBus.failed(RequestException.Reason.DISCONNECTED, "cut off", gone);
            }
            return target.request(topic, payload, deadline);
        }

        @Override
        public AutoCloseable serve(String topic, Responder responder) {
            pass();
            AutoCloseable serving = target.serve(topic, request -> {
                pass();
                byte[] reply = responder.answer(request);
                pass();
                return reply;
            });
            served.add(serving);
            return serving;
        }
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public boolean alone() {
        return alone;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public ViewStore views() {
        return views;
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
    public Bus bus() {
        return bus;
    }

    @Override
    public void close() {
        engine.close();
    }
}
