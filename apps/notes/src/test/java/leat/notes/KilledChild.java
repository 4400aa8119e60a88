package leat.notes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import leat.engine.distributed.DistributedEngine;
import leat.engine.distributed.PostgresSettings;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import leat.kernel.port.Engine;
import leat.kernel.test.MemoryEngine;

/** Notes in a process of their own, for {@link KilledNotesContract} to kill; prints its port, and ends with its input. */
final class KilledChild {
    private KilledChild() {}

    /** @param args a data folder; or host, port, database, user and password of a PostgreSQL */
    public static void main(String[] args) throws IOException {
        try (Running leat = Running.on(open(args))) {
            System.out.write(("port " + leat.uri("").getPort() + "\n").getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            while (System.in.read() >= 0) {
                // Until the test ends.
            }
        }
    }

    static Engine open(String... args) {
        if (args.length == 1) {
            return EmbeddedEngine.open(Path.of(args[0]), EmbeddedSettings.DEFAULT);
        }
        var beside = new MemoryEngine();
        return DistributedEngine.open(
                PostgresSettings.of(args[0], Integer.parseInt(args[1]), args[2], args[3], args[4]),
                new DistributedEngine.Carried(beside.bus(), beside.blobs(), beside.logs(), beside::close));
    }
}
