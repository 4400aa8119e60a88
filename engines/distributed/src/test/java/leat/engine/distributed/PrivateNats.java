package leat.engine.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A NATS server of a test's own on a free port, which can be killed and started again at the same address. */
final class PrivateNats implements AutoCloseable {
    private static final String PROGRAM = "nats-server";

    private final int port;
    private final Path log;
    private final List<String> options;
    private @Nullable Process process;

    /** Starts it; options are those of its command line. */
    PrivateNats(String... options) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.log = Files.createTempFile("nats", ".log");
        this.options = List.of(options);
        start();
    }

    /** Returns once it listens. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(program(), "-a", "127.0.0.1", "-p", "" + port));
        command.addAll(options);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!listens()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IOException("nats-server did not start: " + Files.readString(log));
            }
            Thread.onSpinWait();
        }
    }

    private static String program() {
        Path debian = Path.of("/usr/sbin", PROGRAM);
        return Files.isExecutable(debian) ? debian.toString() : PROGRAM;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kill -9. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    String address() {
        return "nats://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(log);
    }
}
