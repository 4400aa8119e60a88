package leat.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import leat.engine.distributed.DistributedEngine;
import leat.engine.distributed.NatsBus;
import leat.engine.distributed.NatsSettings;
import leat.engine.distributed.S3Blobs;
import leat.engine.distributed.S3Failure;
import leat.engine.distributed.S3Logs;
import leat.engine.distributed.S3Settings;
import leat.engine.distributed.S3Store;
import leat.engine.embedded.LocalFiles;
import leat.kernel.port.Blobs;
import leat.kernel.port.Engine;
import leat.kernel.port.EngineException;
import leat.kernel.port.Logs;
import leat.kernel.port.Part;

/** Puts the distributed engine together: PostgreSQL, NATS, and blobs and logs in S3, or without one in files of this node. */
final class Distributed {
    private static final System.Logger LOG = System.getLogger("leat.platform");
    private static final String NO_BLOB = "0".repeat(64);

    private final List<Supplier<Part>> parts = new ArrayList<>();
    private final Deque<Runnable> ends = new ArrayDeque<>();

    private Distributed() {}

    /** @throws EngineException when PostgreSQL, the folder, the keys of S3 or the credentials of NATS are of no use */
    static Engine open(DistributedSettings settings, Path data) {
        var put = new Distributed();
        try {
            LocalFiles files = LocalFiles.open(data);
            put.ends.push(files::close);
            NatsBus bus = put.nats(settings.nats());
            return DistributedEngine.open(
                    settings.postgres(),
                    settings.masterKey(),
                    settings.s3().isPresent()
                            ? put.inS3(settings.s3().get(), bus, data.resolve("unsent"))
                            : put.carried(bus, files.blobs(), files.logs(), true));
        } catch (EngineException e) {
            put.close();
            throw e;
        }
    }

    private DistributedEngine.Carried carried(NatsBus bus, Blobs blobs, Logs logs, boolean alone) {
        return new DistributedEngine.Carried(bus, blobs, logs, this::parts, this::close, alone);
    }

    private List<Part> parts() {
        return parts.stream().map(Supplier::get).toList();
    }

    private void close() {
        ends.forEach(Runnable::run);
    }

    private NatsBus nats(NatsSettings settings) {
        NatsBus bus = new NatsBus(settings);
        ends.push(bus::close);
        String where = "NATS at " + String.join(", ", settings.servers());
        parts.add(() -> {
            NatsBus.Status status = bus.status();
            return new Part(
                    "NATS",
                    status.connected(),
                    status.connected()
                            ? where
                            : where + " cannot be reached; this node goes on alone until it is back.",
                    status.since(),
                    Map.of(
                            "sent", status.sent(),
                            "received", status.received(),
                            "lost", status.lost(),
                            "dropped", status.dropped(),
                            "reconnects", status.reconnects()));
        });
        return bus;
    }

    /** S3 that is away is no reason not to start, for what is in the journal goes without it; keys that are wrong are one. */
    private DistributedEngine.Carried inS3(S3Settings settings, NatsBus bus, Path unsent) {
        S3Store store = new S3Store(settings);
        ends.push(store::close);
        S3Logs logs = new S3Logs(store, bus);
        ends.push(logs::close);
        Instant since = Instant.now();
        parts.add(() -> new Part(
                "S3",
                store.status().reachable(),
                store.status().reachable() ? settings.toString() : settings + " cannot be reached.",
                since,
                Map.of(
                        "calls",
                        store.status().calls(),
                        "failures",
                        store.status().failures()),
                logs.waiting()));
        try {
            Blobs blobs = new S3Blobs(store, unsent);
            try {
                var _ = blobs.find(NO_BLOB);
            } catch (S3Failure failure) {
                if (failure.reason() != S3Failure.Reason.AWAY) {
                    throw new EngineException(failure.getMessage() + ".", failure);
                }
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}; blobs and logs cannot be read or written until it is back",
                        failure.getMessage());
            }
            return carried(bus, blobs, logs, false);
        } catch (IOException e) {
            throw new EngineException("The folder " + unsent + " cannot be used: " + e.getMessage() + ".", e);
        }
    }
}
