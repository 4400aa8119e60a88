package leat.platform.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A NATS server of one's own on a port of this machine, which lets everybody in and keeps nothing. */
public final class NatsServer implements AutoCloseable {
    private static final String PROGRAM = "nats-server";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path log;
    private final int port;
    private @Nullable Child server;

    private NatsServer(Path log, int port) {
        this.log = log;
        this.port = port;
    }

    /**
     * Starts a server; returns when it listens.
     *
     * @param log what it says is added there
     * @throws IOException with a sentence, when NATS is not installed or does not start
     */
    public static NatsServer start(Path log, int port) throws IOException {
        NatsServer server = new NatsServer(log.toAbsolutePath(), port);
        server.start();
        return server;
    }

    /** Starts it again, at the same address, after it was stopped or killed. */
    public void start() throws IOException {
        Child started = Child.start(
                "NATS",
                log,
                "KILL",
                log.resolveSibling(""),
                Map.of(),
                List.of(program(), "-a", "127.0.0.1", "-p", Integer.toString(port)));
        server = started;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            started.mustLive();
            if (System.nanoTime() > end) {
                started.kill();
                throw new IOException("NATS did not start: " + started.said());
            }
            Pauses.brief();
        }
    }

    private static String program() throws IOException {
        return Stream.concat(
                        Stream.of("/usr/sbin"),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "NATS is not installed: found no nats-server (on Debian: apt-get install nats-server)."))
                .toString();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where it is, as the setting {@code nats-url} has it. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Kill -9. */
    public void kill() {
        Child running = server;
        if (running != null) {
            running.kill();
        }
    }

    @Override
    public void close() {
        Child running = server;
        if (running != null) {
            running.end("TERM", Duration.ofSeconds(5));
        }
    }
}
