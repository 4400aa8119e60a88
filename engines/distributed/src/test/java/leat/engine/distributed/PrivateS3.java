package leat.engine.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An S3 server of a test's own on a free port, with one bucket in a temporary folder; it can be killed and started again
 * at the same address.
 */
final class PrivateS3 implements AutoCloseable {
    static final String BUCKET = "leat";
    static final String ACCESS_KEY = "tester";
    static final String SECRET_KEY = "a-secret-that-nobody-prints";

    /** Written by the build of the part {@code engines/distributed/s3proxy}. */
    private static final Path CLASS_PATH = Path.of("s3proxy", "target", "class-path.txt");

    private final int port;
    private final Path folder;
    private @Nullable Process process;

    PrivateS3() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.folder = Files.createTempDirectory("s3");
        Files.createDirectories(folder.resolve("data").resolve(BUCKET));
        Files.writeString(folder.resolve("properties"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(
                        address(port), ACCESS_KEY, SECRET_KEY, folder.resolve("data")));
        start();
    }

    /** Returns once it listens. */
    void start() throws IOException {
        Path log = folder.resolve("log");
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        // Its main class sends what is printed to the log, and the log would print it again.
                        "-Dorg.slf4j.simpleLogger.cacheOutputStream=true",
                        "-cp",
                        Files.readString(CLASS_PATH).strip(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        folder.resolve("properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!listens()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IOException("the S3 server did not start: " + Files.readString(log));
            }
            Thread.onSpinWait();
        }
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

    int port() {
        return port;
    }

    static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Good keys, and keys that begin with a prefix of the test's own. */
    S3Settings settings(String prefix) {
        return settings(port, prefix);
    }

    /** The same by way of another port. */
    static S3Settings settings(int port, String prefix) {
        return new S3Settings(Optional.of(address(port)), "us-east-1", BUCKET, prefix, true, ACCESS_KEY, SECRET_KEY);
    }

    /** The file that keeps an object. */
    Path file(String key) {
        return folder.resolve("data").resolve(BUCKET).resolve(key);
    }

    @Override
    public void close() throws IOException {
        kill();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
