package leat.kernel.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import leat.kernel.Envelope;
import leat.kernel.Json;
import leat.kernel.OverloadedException;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.kernel.port.Bus;
import leat.kernel.port.JournalException;
import leat.kernel.port.PartitionId;
import leat.kernel.port.RequestException;
import leat.kernel.port.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * Carries commands to the node that owns their entity, and what became of them back.
 *
 * <p>The owner of a partition answers on a topic of each of its entity types and the partition's number, so that nobody has
 * to know who it is. It answers on the same topic with its epoch, too, and tells everybody the epoch when it begins: so a
 * former owner that stands still, and is still listening for all that the bus knows, is not asked any more. When nobody
 * answers, the partition is changing hands, and the command is sent again, with its id, until its time is up. Sending it
 * again is safe whatever happened to the first: the id gets the same answer.
 */
final class Forwarding {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    /** How long one request waits before it is sent anew, in case it was lost with the node that it went to. */
    private static final Duration ONE_REQUEST = Duration.ofSeconds(2);

    private final Bus bus;
    private final Duration patience;
    private final Map<String, Long> epochs = new ConcurrentHashMap<>();
    private final Map<Kind, Histogram> replies = new EnumMap<>(Kind.class);

    Forwarding(Bus bus, NodeSettings settings) {
        this.bus = bus;
        this.patience = settings.times().command();
        for (Kind kind : Kind.values()) {
            replies.put(kind, Histogram.ofTimes());
        }
    }

    /** A command on its way to its owner; its JSON follows behind a line break. */
    private record Head(
            String type,
            String id,
            long expectedVersion,
            String command,
            int schema,
            UUID commandId,
            String correlationId,
            String by,
            Instant at) {}

    /** A command as it arrived. */
    record Arrived(String id, long expectedVersion, String command, int schema, byte[] json, Envelope envelope) {}

    /** What became of a forwarded command. */
    enum Kind {
        /** Accepted, and durable. */
        DONE,
        /** Refused by the decider. */
        REFUSED,
        /** Refused because a queue was full. */
        OVERLOADED,
        /** The node that was asked is not the owner; it was sent again. */
        MOVED,
        /** The owner's journal failed. */
        FAULT,
        /** There was no reply; it was sent again. */
        LOST
    }

    /** The entity as a command left it, written as in its snapshots, so that whoever asked need not fold it. */
    record State(String tag, String type, String json) {
        /** Longest JSON that goes along, in characters. */
        static final int LONGEST = 16_384;
    }

    /**
     * @param state the entity after the command, when its snapshots can say it, and briefly
     * @param sentence what failed, or which queue is full
     */
    record Reply(
            Kind kind,
            long version,
            long position,
            Optional<State> state,
            Optional<Refusal> refusal,
            long millis,
            String sentence) {
        static Reply done(long version, long position, Optional<State> state) {
            return new Reply(Kind.DONE, version, position, state, Optional.empty(), 0, "");
        }

        private static Reply of(Kind kind, long millis, String sentence) {
            return new Reply(kind, 0, 0, Optional.empty(), Optional.empty(), millis, sentence);
        }

        static Reply moved() {
            return of(Kind.MOVED, 0, "");
        }
    }

    /** A command for {@link #tell}, with its wire already applied. */
    record Parcel(
            String type, String id, long expectedVersion, String command, int schema, byte[] json, Envelope envelope) {
        String topic() {
            return Forwarding.topic(
                    type, PartitionId.of("", new StreamId(type, id)).number());
        }

        private byte[] bytes() {
            byte[] head = Json.bytes(new Head(
                    type,
                    id,
                    expectedVersion,
                    command,
                    schema,
                    envelope.commandId(),
                    envelope.correlationId(),
                    envelope.by(),
                    envelope.at()));
            byte[] all = Arrays.copyOf(head, head.length + 1 + json.length);
            all[head.length] = '\n';
            System.arraycopy(json, 0, all, head.length + 1, json.length);
            return all;
        }
    }

    static String topic(String type, int number) {
        return "tell." + type + "." + number;
    }

    static Arrived arrived(byte[] payload) {
        int end = 0;
        while (payload[end] != '\n') {
            end++;
        }
        Head head = Json.read(Arrays.copyOf(payload, end), Head.class);
        return new Arrived(
                head.id,
                head.expectedVersion,
                head.command,
                head.schema,
                Arrays.copyOfRange(payload, end + 1, payload.length),
                new Envelope(head.commandId, head.correlationId, head.by, head.at));
    }

    /** What is thrown here as it is told to whoever asked. */
    static byte[] reply(Supplier<Reply> work) {
        Reply reply;
        try {
            reply = work.get();
        } catch (RefusedException refused) {
            reply = new Reply(Kind.REFUSED, 0, 0, Optional.empty(), Optional.of(refused.refusal()), 0, "");
        } catch (OverloadedException full) {
            reply = Reply.of(Kind.OVERLOADED, full.retryAfter().toMillis(), "");
        } catch (RuntimeException fault) {
            reply = Reply.of(Kind.FAULT, 0, Faults.sentence(fault));
        }
        return Json.bytes(reply);
    }

    /**
     * Sends a command to its owner until it is answered.
     *
     * @param here tried before each attempt, for the entity may have become this node's own meanwhile
     * @return what {@code here} gave, or what the owner said
     * @throws RefusedException by the decider
     * @throws OverloadedException when the owner is too busy, or nobody was reached in time
     * @throws JournalException when the owner's journal failed
     */
    <A> Answered<A> tell(Parcel parcel, Supplier<@Nullable A> here) {
        byte[] payload = parcel.bytes();
        if (payload.length > Bus.MAX_BYTES) {
            throw Refusal.of(
                            Refusal.Kind.TOO_LARGE,
                            "command.too-large",
                            "This is larger than " + Bus.MAX_BYTES + " bytes, the most that travels between nodes.")
                    .asException();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            A mine = here.get();
            if (mine != null) {
                return new Answered<>(Optional.of(mine), Reply.moved());
            }
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                throw new OverloadedException(parcel.topic() + " has no owner that answers; it", Duration.ofSeconds(1));
            }
            long asked = System.nanoTime();
            Reply reply = request(parcel.topic(), payload, left.compareTo(ONE_REQUEST) < 0 ? left : ONE_REQUEST);
            count(reply.kind, System.nanoTime() - asked);
            switch (reply.kind) {
                case DONE -> {
                    return new Answered<>(Optional.empty(), reply);
                }
                case REFUSED ->
                    throw reply.refusal
                            .orElseThrow(() -> new IllegalStateException("a refusal without its reason"))
                            .asException();
                case OVERLOADED -> throw new OverloadedException(parcel.topic(), Duration.ofMillis(reply.millis));
                case FAULT -> throw new JournalException(reply.sentence);
                case MOVED, LOST -> {
                    LockSupport.parkNanos(this, pause.toNanos());
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
        }
    }

    /** Who answered: this node, or another. */
    record Answered<A>(Optional<A> here, Reply elsewhere) {}

    /** The owner of a topic at an epoch; of two that are heard of, the later one counts. */
    void owned(String topic, long epoch) {
        epochs.merge(topic, epoch, Math::max);
    }

    static String at(String topic, long epoch) {
        return topic + "." + epoch;
    }

    private Reply request(String topic, byte[] payload, Duration wait) {
        Long epoch = epochs.get(topic);
        try {
            String to = epoch == null ? topic : at(topic, epoch);
            return Json.read(bus.request(to, payload, wait).join(), Reply.class);
        } catch (CompletionException failed) {
            if (epoch != null) {
                epochs.remove(topic, epoch);
            }
            if (failed.getCause() instanceof RequestException fault
                    && fault.reason() == RequestException.Reason.OVERLOADED) {
                return Reply.of(Kind.OVERLOADED, 250, "");
            }
            return Reply.of(Kind.LOST, 0, String.valueOf(failed.getCause()));
        }
    }

    private void count(Kind kind, long nanos) {
        Histogram times = replies.get(kind);
        if (times != null) {
            times.add(nanos);
        }
    }

    /** How many forwarded commands ended in which way since the start. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        times().forEach((kind, times) -> counts.put(kind, times.count()));
        return counts;
    }

    /** How long those took. */
    Map<String, Histogram.Counts> times() {
        Map<String, Histogram.Counts> times = new TreeMap<>();
        replies.forEach((kind, each) -> times.put(kind.name().toLowerCase(Locale.ROOT), each.counts()));
        return times;
    }
}
