package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamStatusException;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import leat.kernel.port.Bus;
import leat.kernel.port.EngineException;
import leat.kernel.port.LocalBus;
import leat.kernel.port.RequestException;
import leat.kernel.port.RequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The bus between nodes over core NATS; nothing in it lasts, and this node never waits for it.
 *
 * <p>Everything goes to this node's own listeners and responders first, through a {@link LocalBus}, so that they hear
 * each other while NATS is away; the server is told not to send a connection its own messages back. What is published
 * while NATS is away is counted as lost. The connection is made again for ever, with a random wait, and its
 * subscriptions with it; wrong credentials are an error only when the bus is opened, because they may be mended while
 * it runs.
 */
public final class NatsBus implements Bus, AutoCloseable {
    /** Messages that may wait to be sent; further ones are lost. */
    public static final int MAX_OUTGOING = 8_192;

    /** Longest wait before the connection is tried again. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger(NatsBus.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final String REMAINING = "Leat-Remaining-Millis";
    private static final String FAILURE = "Leat-Failure";

    /** One of the nodes that serve a topic gets each request. */
    private static final String QUEUE_GROUP = "leat";

    private final NatsSettings settings;
    private final NatsTopics messages;
    private final NatsTopics requests;
    private final LocalBus local = new LocalBus();
    private final Semaphore room = new Semaphore(MAX_REQUESTS);
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final Map<Object, Interest> interests = new ConcurrentHashMap<>();
    private volatile @Nullable Link link;
    private volatile Instant since = Instant.now();
    private volatile boolean away;
    private volatile boolean closed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;

    /** What NATS is asked for on behalf of one listener or responder. */
    private record Interest(String pattern, boolean requests, MessageHandler handler) {}

    /** A connection and the dispatcher of its subscriptions. */
    private record Link(
            Connection connection, Dispatcher dispatcher, Map<Interest, io.nats.client.Subscription> made) {}

    /**
     * Opens the bus; when NATS is away it goes on trying.
     *
     * @throws EngineException when NATS refuses the credentials, or a file of the settings cannot be read
     */
    public NatsBus(NatsSettings settings) {
        this.settings = settings;
        this.messages = new NatsTopics(settings.space(), 'm');
        this.requests = new NatsTopics(settings.space(), 'r');
        CountDownLatch gone = new CountDownLatch(1);
        boolean connected = connectFirst(gone);
        this.keeper = Thread.ofVirtual().name("nats keeper").start(() -> keep(connected, gone));
    }

    private boolean connectFirst(CountDownLatch gone) {
        try {
            connect(gone);
            return true;
        } catch (AuthenticationException e) {
            throw new EngineException(
                    "NATS at " + servers() + " refuses the credentials; check what this node signs in with", null);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "NATS at {0} is away; this node goes on alone until it is back", servers());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while connecting to NATS", e);
        }
    }

    /** Addresses without what may stand before an {@code @}. */
    private String servers() {
        return String.join(", ", settings.servers()).replaceAll("//[^/@,]*@", "//");
    }

    private void connect(CountDownLatch gone) throws IOException, InterruptedException {
        Connection connection = Nats.connect(options(gone));
        Link made = new Link(connection, connection.createDispatcher(), new ConcurrentHashMap<>());
        since = Instant.now();
        away = false;
        link = made;
        interests.values().forEach(interest -> ask(made, interest));
        if (closed) {
            connection.close();
        }
    }

    private Options options(CountDownLatch gone) {
        return NatsOptions.of(settings)
                .connectionTimeout(CONNECT)
                .maxReconnects(-1)
                .reconnectDelayHandler(NatsBus::pause)
                .reconnectBufferSize(0)
                .maxMessagesInOutgoingQueue(MAX_OUTGOING)
                .discardMessagesWhenOutgoingQueueFull()
                .pingInterval(Duration.ofSeconds(5))
                .noEcho()
                .reportNoResponders()
                .connectionListener((connection, event) -> changed(event, gone))
                .errorListener(new ErrorListener() {
                    @Override
                    public void messageDiscarded(
                            @Nullable Connection connection, io.nats.client.@Nullable Message message) {
                        lost.increment();
                    }

                    @Override
                    public void errorOccurred(@Nullable Connection connection, @Nullable String error) {
                        LOG.log(Level.WARNING, "NATS says: {0}", error);
                    }

                    @Override
                    public void exceptionOccurred(@Nullable Connection connection, @Nullable Exception e) {
                        LOG.log(Level.DEBUG, "NATS connection", e);
                    }
                })
                .build();
    }

    /** Doubles from 50 ms up to the longest, each shortened at random by up to half, so that nodes do not come at once. */
    private static Duration pause(long tries) {
        long most = Math.min(MAX_WAIT.toMillis(), 50L << Math.clamp(tries, 0, 10));
        return Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / 2));
    }

    private void changed(Events event, CountDownLatch gone) {
        switch (event) {
            case DISCONNECTED -> {
                if (away || closed) {
                    // Said before: every failed try says it again.
                    return;
                }
                away = true;
                since = Instant.now();
                LOG.log(Level.WARNING, "NATS at {0} is away; this node goes on alone until it is back", servers());
            }
            case RECONNECTED -> {
                away = false;
                since = Instant.now();
                reconnects.increment();
                LOG.log(Level.INFO, "NATS at {0} is back", servers());
            }
            case CLOSED -> gone.countDown();
            case CONNECTED, RESUBSCRIBED, DISCOVERED_SERVERS, LAME_DUCK -> {}
        }
    }

    /** Makes a new connection when there was none yet, or when the client gave one up. */
    private void keep(boolean connected, CountDownLatch first) {
        try {
            CountDownLatch gone = first;
            boolean up = connected;
            for (long tries = 0; !closed; tries++) {
                if (up) {
                    gone.await();
                    link = null;
                    since = Instant.now();
                    tries = 0;
                    up = false;
                }
                if (closing.await(pause(tries).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    return;
                }
                gone = new CountDownLatch(1);
                try {
                    connect(gone);
                    up = true;
                    reconnects.increment();
                    LOG.log(Level.INFO, "NATS at {0} is there", servers());
                } catch (IOException e) {
                    LOG.log(Level.DEBUG, "NATS is still away", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Link to, Interest interest) {
        try {
            to.made()
                    .computeIfAbsent(
                            interest,
                            ignored -> interest.requests()
                                    ? to.dispatcher().subscribe(interest.pattern(), QUEUE_GROUP, interest.handler())
                                    : to.dispatcher().subscribe(interest.pattern(), interest.handler()));
        } catch (IllegalStateException e) {
            // The connection was closed meanwhile; the next one asks for all interests again.
            LOG.log(Level.DEBUG, "NATS connection closed while subscribing", e);
        }
    }

    private AutoCloseable interested(Interest interest) {
        Object key = new Object();
        interests.put(key, interest);
        Link now = link;
        if (now != null) {
            ask(now, interest);
        }
        return () -> {
            interests.remove(key);
            Link last = link;
            var made = last == null ? null : last.made().remove(interest);
            if (last != null && made != null && made.isActive()) {
                last.dispatcher().unsubscribe(made);
            }
        };
    }

    /** The connection when it is up and takes a payload of this size. */
    private Optional<Connection> up(byte[] payload) {
        Link now = link;
        if (closed || now == null || now.connection().getStatus() != Connection.Status.CONNECTED) {
            return Optional.empty();
        }
        long most = now.connection().getMaxPayload();
        if (payload.length > most) {
            throw new IllegalArgumentException("NATS takes at most " + most + " bytes, not " + payload.length
                    + "; its max_payload must be at least " + (MAX_BYTES + 1_024));
        }
        return Optional.of(now.connection());
    }

    /** @throws IllegalArgumentException when the payload is larger than {@link Bus#MAX_BYTES}, or than NATS takes */
    @Override
    public void publish(String topic, byte[] payload) {
        Optional<Connection> up = up(payload);
        local.publish(topic, payload);
        if (up.isEmpty()) {
            lost.increment();
            return;
        }
        try {
            up.get().publish(messages.subject(topic), payload);
            sent.increment();
        } catch (IllegalStateException e) {
            // It went away between the look and the word.
            lost.increment();
        }
    }

    @Override
    public AutoCloseable subscribe(String topic, Consumer<Bus.Message> listener) {
        LocalBus.Subscription subscription = local.subscribe(topic, listener);
        boolean prefix = topic.endsWith("*");
        String what = prefix ? topic.substring(0, topic.length() - 1) : topic;
        AutoCloseable interest =
                interested(new Interest(prefix ? messages.pattern(what) : messages.subject(what), false, message -> {
                    received.increment();
                    String from = messages.topic(message.getSubject());
                    if (from.startsWith(what)) {
                        subscription.offer(from, message.getData());
                    }
                }));
        return () -> {
            interest.close();
            subscription.close();
        };
    }

    @Override
    public CompletableFuture<byte[]> request(String topic, byte[] payload, Duration deadline) {
        if (local.serves(topic)) {
            return local.request(topic, payload, deadline);
        }
        Optional<Connection> up = up(Bus.checked(payload));
        if (up.isEmpty()) {
            return LocalBus.failed(Reason.DISCONNECTED, "NATS is away and this node does not serve " + topic, null);
        }
        if (!room.tryAcquire()) {
            return LocalBus.failed(
                    Reason.OVERLOADED, MAX_REQUESTS + " requests are under way; " + topic + " takes no more", null);
        }
        CompletableFuture<io.nats.client.Message> asked;
        try {
            asked = up.get()
                    .request(
                            requests.subject(topic),
                            new Headers().put(REMAINING, "" + Math.max(1, deadline.toMillis())),
                            payload);
            sent.increment();
        } catch (IllegalStateException e) {
            room.release();
            return LocalBus.failed(Reason.DISCONNECTED, "NATS went away before " + topic + " was asked", e);
        }
        return LocalBus.within(asked.handle((reply, e) -> reply(topic, reply, e)), topic, deadline)
                .whenComplete((reply, e) -> {
                    room.release();
                    asked.cancel(false);
                });
    }

    private static byte[] reply(String topic, io.nats.client.@Nullable Message reply, @Nullable Throwable e) {
        if (reply == null) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            if (cause instanceof JetStreamStatusException) {
                throw new RequestException(Reason.NOBODY_SERVES, "nobody serves " + topic, null);
            }
            throw new RequestException(Reason.TIMED_OUT, "NATS went away before " + topic + " answered", cause);
        }
        String failure = reply.hasHeaders() ? reply.getHeaders().getFirst(FAILURE) : null;
        if (failure != null) {
            throw new RequestException(Reason.valueOf(failure), new String(reply.getData(), UTF_8), null);
        }
        return reply.getData();
    }

    @Override
    public AutoCloseable serve(String topic, Responder responder) {
        AutoCloseable serving = local.serve(topic, responder);
        AutoCloseable interest =
                interested(new Interest(requests.subject(topic), true, request -> answer(topic, request)));
        return () -> {
            interest.close();
            serving.close();
        };
    }

    private void answer(String topic, io.nats.client.Message request) {
        received.increment();
        String remaining = request.hasHeaders() ? request.getHeaders().getFirst(REMAINING) : null;
        Duration deadline = Duration.ofMillis(remaining == null ? 1_000 : Long.parseLong(remaining));
        var ignored = local.request(topic, request.getData(), deadline).handle((reply, e) -> {
            Connection connection = request.getConnection();
            try {
                if (reply != null) {
                    connection.publish(request.getReplyTo(), reply);
                } else {
                    connection.publish(
                            request.getReplyTo(),
                            new Headers().put(FAILURE, reason(e).name()),
                            text(e));
                }
            } catch (IllegalStateException gone) {
                lost.increment();
            }
            return connection;
        });
    }

    private static Reason reason(Throwable e) {
        return cause(e) instanceof RequestException failure ? failure.reason() : Reason.FAILED;
    }

    private static byte[] text(Throwable e) {
        String message = String.valueOf(cause(e).getMessage());
        return message.substring(0, Math.min(message.length(), 1_000)).getBytes(UTF_8);
    }

    private static Throwable cause(Throwable e) {
        Throwable cause = e.getCause();
        return e instanceof CompletionException && cause != null ? cause : e;
    }

    /** How the bus is doing, for metrics and the operations page. */
    public Status status() {
        Link now = link;
        boolean connected = now != null && now.connection().getStatus() == Connection.Status.CONNECTED;
        long dropped = now == null ? 0 : now.dispatcher().getDroppedCount();
        return new Status(
                connected,
                since,
                sent.sum(),
                received.sum(),
                lost.sum(),
                dropped,
                reconnects.sum(),
                MAX_REQUESTS - room.availablePermits());
    }

    /**
     * @param since when it was connected or went away
     * @param sent messages and requests handed to NATS
     * @param received messages and requests from other nodes
     * @param lost messages that this node could not send
     * @param dropped messages that this node received faster than it took them, on this connection
     * @param reconnects how often the connection was made again
     * @param requests sent requests that wait for their reply
     */
    public record Status(
            boolean connected,
            Instant since,
            long sent,
            long received,
            long lost,
            long dropped,
            long reconnects,
            int requests) {}

    /** Ends every subscription and the connection; requests under way fail or time out. */
    @Override
    public void close() {
        closed = true;
        closing.countDown();
        local.close();
        Link last = link;
        try {
            if (last != null) {
                last.connection().close();
            }
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
