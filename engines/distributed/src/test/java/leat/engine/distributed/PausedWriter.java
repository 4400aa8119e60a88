package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.test.MemoryEngine;

/** A process that leases a partition and appends to it as fast as it can, until it is fenced out. */
final class PausedWriter {
    static final PartitionId PARTITION = new PartitionId("paused", 0);
    private static final StreamId STREAM = new StreamId("paused", "one");
    private static final Duration LEASE = Duration.ofSeconds(2);

    private PausedWriter() {}

    static Write.Append append(long epoch, long version) {
        return new Write.Append(
                PARTITION,
                epoch,
                STREAM,
                version,
                UUID.randomUUID(),
                "trace",
                "writer",
                Instant.now(),
                List.of(new Write.NewEvent("paused.done", 1, "{}".getBytes(UTF_8))),
                List.of(),
                List.of());
    }

    public static void main(String[] arguments) {
        MemoryEngine beside = new MemoryEngine();
        try (DistributedEngine engine = DistributedEngine.open(
                PostgresSettings.of("127.0.0.1", Integer.parseInt(arguments[0]), arguments[1], "leat", "private"),
                new DistributedEngine.Carried(beside.bus(), beside.blobs(), beside.logs(), beside::close))) {
            Journal journal = engine.journal();
            String owner = "writer-" + ProcessHandle.current().pid();
            Outcome leased = journal.commit(List.of(new Write.AcquireLease(PARTITION, owner, Instant.now(), LEASE)))
                    .getFirst();
            long epoch = ((Outcome.Leased) leased).lease().epoch();
            long version = CommandLoad.positions(journal, PARTITION);
            System.out.println("leased at epoch " + epoch);
            while (true) {
                try {
                    switch (journal.commit(List.of(append(epoch, version))).getFirst()) {
                        case Outcome.Appended appended -> {
                            version = appended.version();
                            System.out.println("appended " + version);
                        }
                        case Outcome.Fenced fenced -> {
                            System.out.println("fenced: " + fenced.reason());
                            return;
                        }
                        default -> version = CommandLoad.positions(journal, PARTITION);
                    }
                } catch (JournalException lost) {
                    version = CommandLoad.positions(journal, PARTITION);
                }
            }
        }
    }
}
