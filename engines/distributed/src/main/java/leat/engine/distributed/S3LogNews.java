package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import leat.kernel.port.Bus;
import leat.kernel.port.RequestException;

/**
 * What processes tell each other about logs, over the bus: how far one has grown, that it is sealed or removed, and what
 * is not in S3 yet. None of it has to arrive: who follows a log looks into S3 from time to time.
 */
final class S3LogNews {
    /** Most bytes of a reply. */
    static final int REPLY_BYTES = 128 << 10;

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final String GROWN = "logs.grown.";
    private static final String TAIL = "logs.tail.";
    private static final String REMOVED = "logs.removed";

    private final Bus bus;
    private final String self;

    /** @param self who this process is, unlike all others; 36 characters */
    S3LogNews(Bus bus, String self) {
        this.bus = bus;
        this.self = self;
    }

    /** @param size bytes so far */
    record Grown(long size, boolean sealed) {}

    void tell(String log, Grown grown) {
        bus.publish(
                GROWN + log,
                ByteBuffer.allocate(9)
                        .putLong(grown.size())
                        .put((byte) (grown.sealed() ? 1 : 0))
                        .array());
    }

    AutoCloseable hear(String log, Consumer<Grown> listener) {
        return bus.subscribe(GROWN + log, message -> {
            ByteBuffer told = ByteBuffer.wrap(message.payload());
            listener.accept(new Grown(told.getLong(), told.get() != 0));
        });
    }

    void tellRemoved(String log) {
        bus.publish(REMOVED, (self + log).getBytes(UTF_8));
    }

    /** Hears of logs that other processes remove. */
    AutoCloseable hearRemoved(Consumer<String> listener) {
        return bus.subscribe(REMOVED, message -> {
            String told = new String(message.payload(), UTF_8);
            if (!told.startsWith(self)) {
                listener.accept(told.substring(self.length()));
            }
        });
    }

    /**
     * What the writer of a log answers.
     *
     * @param size bytes so far
     * @param here whether it has the offset in memory; else it is in S3
     * @param bytes from the offset on; none at the end
     */
    record Answer(long size, boolean here, byte[] bytes) {}

    /** Answers a question for bytes from an offset on. */
    interface Writer {
        Answer answer(long offset, int limit);
    }

    AutoCloseable serve(String log, Writer writer) {
        return bus.serve(TAIL + log, request -> {
            ByteBuffer asked = ByteBuffer.wrap(request.payload());
            Answer answer = writer.answer(asked.getLong(), Math.min(asked.getInt(), REPLY_BYTES));
            return ByteBuffer.allocate(9 + answer.bytes().length)
                    .putLong(answer.size())
                    .put((byte) (answer.here() ? 1 : 0))
                    .put(answer.bytes())
                    .array();
        });
    }

    /** Asks the process that writes a log; empty when none does, or it does not answer. */
    Optional<Answer> ask(String log, long offset, int limit) {
        byte[] question = ByteBuffer.allocate(12).putLong(offset).putInt(limit).array();
        try {
            ByteBuffer reply =
                    ByteBuffer.wrap(bus.request(TAIL + log, question, DEADLINE).join());
            long size = reply.getLong();
            boolean here = reply.get() != 0;
            byte[] bytes = new byte[reply.remaining()];
            reply.get(bytes);
            return Optional.of(new Answer(size, here, bytes));
        } catch (CompletionException e) {
            if (e.getCause() instanceof RequestException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
