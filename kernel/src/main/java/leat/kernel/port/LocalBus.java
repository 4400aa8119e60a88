package leat.kernel.port;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leat.kernel.port.RequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The bus within one process. It stands beside its port, not in an engine, because every engine that runs in a single
 * process, the tests' too, carries its messages in just this way.
 *
 * <p>Each subscription has a queue of {@link Bus#QUEUE} messages and a virtual thread of its own, so that a slow
 * listener loses only its own messages and a publisher never waits. A listener that throws is logged and goes on.
 * A request that timed out counts as under way until its responder returns.
 */
public final class LocalBus implements Bus, AutoCloseable {
    private static final Logger LOG = System.getLogger(LocalBus.class.getName());

    private final Map<String, List<Subscription>> exact = new ConcurrentHashMap<>();
    private final List<Subscription> prefixes = new CopyOnWriteArrayList<>();
    private final Map<String, Responder> responders = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(MAX_REQUESTS);

    /** A bus that carries messages between the threads of this process. */
    public LocalBus() {}

    /** @throws IllegalArgumentException when the payload is larger than {@link Bus#MAX_BYTES} */
    @Override
    public void publish(String topic, byte[] payload) {
        Bus.checked(payload);
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
    public Subscription subscribe(String topic, Consumer<Message> listener) {
        boolean prefix = topic.endsWith("*");
        String what = prefix ? topic.substring(0, topic.length() - 1) : topic;
        Subscription subscription = new Subscription(what, prefix, listener);
        subscription.thread.start();
        if (prefix) {
            prefixes.add(subscription);
        } else {
            exact.compute(what, (ignored, others) -> {
                List<Subscription> all = others == null ? new CopyOnWriteArrayList<>() : others;
                all.add(subscription);
                return all;
            });
        }
        return subscription;
    }

    private void remove(Subscription subscription) {
        if (subscription.prefix) {
            prefixes.remove(subscription);
        } else {
            exact.computeIfPresent(subscription.topic, (ignored, others) -> {
                others.remove(subscription);
                return others.isEmpty() ? null : others;
            });
        }
    }

    @Override
    public CompletableFuture<byte[]> request(String topic, byte[] payload, Duration deadline) {
        Bus.checked(payload);
        Responder responder = responders.get(topic);
        if (responder == null) {
            return failed(Reason.NOBODY_SERVES, "nobody serves " + topic, null);
        }
        if (!room.tryAcquire()) {
            return failed(
                    Reason.OVERLOADED, MAX_REQUESTS + " requests are under way; " + topic + " takes no more", null);
        }
        CompletableFuture<byte[]> reply = new CompletableFuture<>();
        Thread.ofVirtual().name("answer " + topic).start(() -> {
            try {
                reply.complete(Bus.checked(responder.answer(new Request(topic, payload, deadline))));
            } catch (Throwable e) {
                // An error too must reach the asker, who would otherwise wait for the whole deadline.
                reply.completeExceptionally(new RequestException(Reason.FAILED, topic + " failed: " + e, e));
            } finally {
                room.release();
            }
        });
        return within(reply, topic, deadline);
    }

    /** Whether this process answers requests for a topic. */
    public boolean serves(String topic) {
        return responders.containsKey(topic);
    }

    /** The same reply, or a {@link RequestException} that it timed out. */
    public static CompletableFuture<byte[]> within(CompletableFuture<byte[]> reply, String topic, Duration deadline) {
        return reply.orTimeout(Math.max(1, deadline.toMillis()), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(e -> e instanceof TimeoutException
                        ? failed(
                                Reason.TIMED_OUT, topic + " did not answer within " + deadline.toMillis() + " ms", null)
                        : CompletableFuture.failedFuture(e));
    }

    /** A request that has failed already. */
    public static CompletableFuture<byte[]> failed(Reason reason, String message, @Nullable Throwable cause) {
        return CompletableFuture.failedFuture(new RequestException(reason, message, cause));
    }

    @Override
    public AutoCloseable serve(String topic, Responder responder) {
        if (responders.putIfAbsent(topic, responder) != null) {
            throw new IllegalStateException("this process serves " + topic + " already");
        }
        return () -> responders.remove(topic, responder);
    }

    /** Ends every subscription and serves nothing more; what is queued is not delivered. */
    @Override
    public void close() {
        exact.values().forEach(all -> all.forEach(Subscription::end));
        prefixes.forEach(Subscription::end);
        exact.clear();
        prefixes.clear();
        responders.clear();
    }

    /** One listener with its queue; a bus that reaches further offers it what came from elsewhere. */
    public final class Subscription implements AutoCloseable {
        private final String topic;
        private final boolean prefix;
        private final Thread thread;
        private final Consumer<Message> listener;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition arrived = lock.newCondition();
        private final ArrayDeque<Message> queue = new ArrayDeque<>();
        private long lost;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private boolean closed;

        private Subscription(String topic, boolean prefix, Consumer<Message> listener) {
            this.topic = topic;
            this.prefix = prefix;
            this.listener = listener;
            this.thread = Thread.ofVirtual().name("bus " + topic).unstarted(() -> {
                try {
                    deliver();
                } finally {
                    ended.complete(null);
                }
            });
        }

        /** Queues a message for this listener alone; the oldest makes room. */
        public void offer(String from, byte[] payload) {
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

        private void deliver() {
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

        /** Hears no more; returns once no callback is under way, unless a callback itself closes it. */
        @Override
        public void close() {
            remove(this);
            end();
            if (!Thread.currentThread().equals(thread)) {
                ended.join();
            }
        }

        private void end() {
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
