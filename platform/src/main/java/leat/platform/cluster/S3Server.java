package leat.platform.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An S3 server of one's own (s3proxy) in a folder, on a port of this machine, with one bucket, {@value #BUCKET}. */
public final class S3Server implements AutoCloseable {
    /** The bucket. */
    public static final String BUCKET = "leat";

    /** The access key; the secret key is in a file. */
    public static final String ACCESS_KEY = "leat";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path classPath;
    private final Path folder;
    private final int port;
    private @Nullable Child server;

    private S3Server(Path classPath, Path folder, int port) {
        this.classPath = classPath;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts a server on what is in the folder; returns when it listens.
     *
     * @param classPath a file that holds the class path of s3proxy, as the part {@code engines/distributed/s3proxy} writes it
     * @throws IOException with a sentence, when there is no such file, or the server does not start
     */
    public static S3Server start(Path classPath, Path folder, int port) throws IOException {
        if (!Files.isReadable(classPath)) {
            throw new IOException("There is no S3 server: " + classPath + " is missing; build it with ./leat cluster.");
        }
        S3Server server = new S3Server(classPath, folder.toAbsolutePath(), port);
        Files.createDirectories(server.folder.resolve("data").resolve(BUCKET));
        if (!Files.exists(server.secretFile())) {
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            Secrets.write(server.secretFile(), HexFormat.of().formatHex(secret));
        }
        server.start();
        return server;
    }

    /** Starts it again, at the same address, after it was stopped or killed. */
    public void start() throws IOException {
        Path properties = folder.resolve("properties");
        Files.deleteIfExists(properties);
        Secrets.write(
                properties, """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(url(), ACCESS_KEY, Files.readString(secretFile()), folder.resolve("data")));
        Child started = Child.start(
                "The S3 server",
                folder.resolveSibling(folder.getFileName() + ".log"),
                "KILL",
                folder,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        // Its main class sends what is printed to the log, and the log would print it again.
                        "-Dorg.slf4j.simpleLogger.cacheOutputStream=true",
                        "-cp",
                        Files.readString(classPath).strip(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        properties.toString()));
        server = started;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            started.mustLive();
            if (System.nanoTime() > end) {
                started.kill();
                throw new IOException("The S3 server did not start: " + started.said());
            }
            Pauses.brief();
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

    /** Where it is, as the setting {@code s3-endpoint} has it. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Holds the secret key. */
    public Path secretFile() {
        return folder.resolve("secret");
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
