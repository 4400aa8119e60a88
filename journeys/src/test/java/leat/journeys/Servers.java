package leat.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import leat.platform.cluster.NatsServer;
import leat.platform.cluster.Ports;
import leat.platform.cluster.PostgresServer;
import org.jspecify.annotations.Nullable;

/** What the distributed engine leans on: PostgreSQL and NATS of a journey's own. */
record Servers(PostgresServer postgres, NatsServer nats) implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable Servers shared;

    /** Starts them in a folder; to be closed by the caller. */
    static Servers start(Path folder) throws IOException {
        PostgresServer postgres = PostgresServer.start(folder.resolve("postgres"), Ports.free());
        try {
            return new Servers(postgres, NatsServer.start(folder.resolve("nats.log"), Ports.free()));
        } catch (IOException e) {
            postgres.close();
            throw e;
        }
    }

    /** Those that all journeys of this process share; they end with it. */
    static synchronized Servers shared() throws IOException {
        Servers running = shared;
        if (running == null) {
            Path folder = Files.createTempDirectory("leat-servers");
            running = start(folder);
            shared = running;
            Servers started = running;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                try {
                    new ProcessBuilder("rm", "-rf", folder.toString()).start();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        return running;
    }

    /** Flags by which a product runs on the database that is there from the start. */
    List<String> flags() {
        return flags(postgres.url());
    }

    /** Flags by which a product runs on a new, empty database. */
    List<String> newDatabase() throws IOException {
        return flags(postgres.database("journey" + DATABASES.incrementAndGet()));
    }

    private List<String> flags(String url) {
        return List.of(
                "--engine=distributed",
                "--node=mill-1",
                "--postgres-url=" + url,
                "--postgres-password-file=" + postgres.passwordFile(),
                "--nats-url=" + nats.url(),
                // So that several can share a NATS.
                "--nats-space=" + url.substring(url.lastIndexOf('/') + 1));
    }

    @Override
    public void close() {
        nats.close();
        postgres.close();
    }
}
