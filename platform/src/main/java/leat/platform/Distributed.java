package leat.platform;

import java.nio.file.Path;
import java.util.List;
import leat.engine.distributed.DistributedEngine;
import leat.engine.distributed.NatsBus;
import leat.engine.embedded.LocalFiles;
import leat.kernel.port.Engine;
import leat.kernel.port.EngineException;
import leat.kernel.port.Part;

/** Puts the distributed engine together: PostgreSQL and NATS, with blobs and logs in files of this node. */
final class Distributed {
    private Distributed() {}

    /** @throws EngineException when PostgreSQL, the folder or the credentials of NATS are of no use */
    static Engine open(DistributedSettings settings, Path data) {
        LocalFiles files = LocalFiles.open(data);
        try {
            NatsBus bus = new NatsBus(settings.nats());
            try {
                return DistributedEngine.open(
                        settings.postgres(),
                        new DistributedEngine.Carried(
                                bus, files.blobs(), files.logs(), () -> List.of(nats(settings, bus)), () -> {
                                    bus.close();
                                    files.close();
                                }));
            } catch (EngineException e) {
                bus.close();
                throw e;
            }
        } catch (EngineException e) {
            files.close();
            throw e;
        }
    }

    private static Part nats(DistributedSettings settings, NatsBus bus) {
        NatsBus.Status status = bus.status();
        String where = "NATS at " + String.join(", ", settings.nats().servers());
        return new Part(
                "NATS",
                status.connected(),
                status.connected() ? where : where + " cannot be reached; this node goes on alone until it is back.",
                status.since());
    }
}
