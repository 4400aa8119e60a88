package leat.kernel.port;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The bus within one process. It stands beside its port, not in an engine, because every engine that runs in a single
 * process, the tests' too, carries its messages in just this way.
 *
 * <p>Each subscription has a queue of {@link Bus#QUEUE} messages and a virtual thread of its own, so that a slow
 * listener loses only its own messages and a publisher never waits. A listener that throws is logged and goes on.
 */
public final class LocalBus implements Bus, AutoCloseable {
    private static final Logger LOG = System.getLogger(LocalBus.class.getName());

    private final Map<String, List<Subscription>> exact = new ConcurrentHashMap<>();
    private final List<Subscription> prefixes = new CopyOnWriteArrayList<>();

    /** A bus that carries messages between the threads of this process. */
    public LocalBus() {}

    /** @throws IllegalArgumentException when the payload is larger than {@link Bus#MAX_BYTES} */
    @Override
    public void publish(String topic, byte[] payload) {
        if (payload.length > MAX_BYTES) {
            throw new IllegalArgumentException("a message on the bus has at most " + MAX_BYTES + " bytes, not "
                    + payload.length + "; put larger things in a blob");
        }
        for (Subscription subscription : exact.getOrDefault(topic, List.of())) {
            subscription.offer(topic, payload);
        }
        for (Subscription subscription : prefixes) {
            if (topic.startsWith(subscription.topic)) {
                subscription.offer(topic, payload);
            }
        }
    }

    @Override
    public AutoCloseable subscribe(String topic, Consumer<Message> listener) {
        boolean prefix = topic.endsWith("*");
        String what = prefix ? topic.substring(0, topic.length() - 1) : topic;
        Subscription subscription = new Subscription(what, listener);
        Thread thread = Thread.ofVirtual().name("bus " + topic).start(subscription::deliver);
        if (prefix) {
            prefixes.add(subscription);
        } else {
            exact.compute(what, (ignored, others) -> {
                List<Subscription> all = others == null ? new CopyOnWriteArrayList<>() : others;
                all.add(subscription);
                return all;
            });
        }
        return () -> {
            remove(subscription, prefix);
            subscription.close();
            if (!Thread.currentThread().equals(thread)) {
                thread.join();
            }
        };
    }

    private void remove(Subscription subscription, boolean prefix) {
        if (prefix) {
            prefixes.remove(subscription);
        } else {
            exact.computeIfPresent(subscription.topic, (ignored, others) -> {
                others.remove(subscription);
                return others.isEmpty() ? null : others;
            });
        }
    }

    /** Ends every subscription; what is queued is not delivered. */
    @Override
    public void close() {
        exact.values().forEach(all -> all.forEach(Subscription::close));
        prefixes.forEach(Subscription::close);
        exact.clear();
        prefixes.clear();
    }

    private static final class Subscription {
        private final String topic;
        private final Consumer<Message> listener;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition arrived = lock.newCondition();
        private final ArrayDeque<Message> queue = new ArrayDeque<>();
        private long lost;
        private boolean closed;

        Subscription(String topic, Consumer<Message> listener) {
            this.topic = topic;
            this.listener = listener;
        }

        void offer(String from, byte[] payload) {
            lock.lock();
            try {
                if (queue.size() == QUEUE) {
                    queue.removeFirst();
                    lost++;
                }
                queue.addLast(new Message(from, payload, 0));
                arrived.signal();
            } finally {
                lock.unlock();
            }
        }

        void deliver() {
            while (true) {
                Message message;
                lock.lock();
                try {
                    while (queue.isEmpty() && !closed) {
                        arrived.awaitUninterruptibly();
                    }
                    if (closed) {
                        return;
                    }
                    Message next = queue.removeFirst();
                    // What was dropped stood at the head of the queue, so it was just before this one.
                    message = new Message(next.topic(), next.payload(), lost);
                    lost = 0;
                } finally {
                    lock.unlock();
                }
                try {
                    listener.accept(message);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "a listener of bus topic " + message.topic() + " failed; it goes on", e);
                }
            }
        }

        void close() {
            lock.lock();
            try {
                closed = true;
                arrived.signal();
            } finally {
                lock.unlock();
            }
        }
    }
}
