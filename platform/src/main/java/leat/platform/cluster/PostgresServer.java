package leat.platform.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of one's own, in a folder, on a port of this machine; it syncs as a real one does. Run by root, it runs
 * as the user {@code postgres} of Debian's package, for it refuses to be root.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "leat";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path bin;
    private final Path folder;
    private final int port;
    private @Nullable Child server;

    private PostgresServer(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts a server on what is in the folder, making a database when it is new; returns when it takes connections.
     *
     * @throws IOException with a sentence, when PostgreSQL is not installed or does not start
     */
    public static PostgresServer start(Path folder, int port) throws IOException {
        PostgresServer server = new PostgresServer(programs(), folder.toAbsolutePath(), port);
        boolean fresh = !Files.exists(server.data());
        if (fresh) {
            server.make();
        }
        server.start();
        if (fresh) {
            try {
                server.run(
                        Map.of("PGPASSWORD", Files.readString(server.passwordFile())), server.tool("createdb", USER));
            } catch (IOException e) {
                server.close();
                throw e;
            }
        }
        return server;
    }

    private static Path programs() throws IOException {
        Path debian = Path.of("/usr/lib/postgresql");
        Optional<Path> newest = Optional.empty();
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                newest = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.comparing(Path::toString));
            }
        }
        return newest.or(PostgresServer::onPath)
                .orElseThrow(() -> new IOException(
                        "PostgreSQL is not installed: found no initdb (on Debian: apt-get install postgresql)."));
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(Path::of)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .findFirst();
    }

    private void make() throws IOException {
        Files.createDirectories(folder);
        byte[] password = new byte[24];
        new SecureRandom().nextBytes(password);
        Secrets.write(passwordFile(), HexFormat.of().formatHex(password));
        if (root()) {
            // Its user must come through to its folder, and need not see what else is on the way.
            run(Map.of(), List.of("chmod", "o+x", folder.resolveSibling("").toString()));
            run(Map.of(), List.of("chown", "-R", "postgres", folder.toString()));
            if (!succeeds(Map.of(), asServer("test", "-x", folder.toString()))) {
                throw new IOException("PostgreSQL does not run as root, and its user postgres cannot come to " + folder
                        + "; choose a folder to which everybody may come, such as one below /var/tmp.");
            }
        }
        run(
                Map.of(),
                asServer(
                        bin.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=" + USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile(),
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-instructions"));
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asServer(String... command) {
        List<String> all = new ArrayList<>();
        if (root()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private List<String> tool(String name, String... more) {
        List<String> command = new ArrayList<>(
                List.of(bin.resolve(name).toString(), "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", USER));
        command.addAll(List.of(more));
        return command;
    }

    private void run(Map<String, String> environment, List<String> command) throws IOException {
        if (!succeeds(environment, command)) {
            throw new IOException(String.join(" ", command) + " failed: "
                    + Files.readString(log()).strip());
        }
    }

    private boolean succeeds(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        Process run = builder.start();
        try {
            boolean ended = run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            run.destroyForcibly();
            return ended && run.exitValue() == 0;
        } catch (InterruptedException e) {
            run.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Starts it again after it was stopped or killed; returns when it takes connections. */
    public void start() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Child started = launch();
        while (!succeeds(Map.of(), tool("pg_isready", "-q"))) {
            if (System.nanoTime() > end) {
                started.kill();
                throw new IOException("PostgreSQL did not start: " + started.said());
            }
            if (!started.alive()) {
                // What is left of a killed server may stand in the way for a moment.
                if (!started.said().contains("still in use")) {
                    started.mustLive();
                }
                started = launch();
            }
            Pauses.brief();
        }
        server = started;
    }

    private Child launch() throws IOException {
        return Child.start(
                "PostgreSQL",
                log(),
                "QUIT",
                folder,
                Map.of(),
                asServer(
                        bin.resolve("postgres").toString(),
                        "-D",
                        data().toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=200"));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    /** Makes another database, and gives where it is, as the setting {@code postgres-url} has it. */
    public String database(String name) throws IOException {
        run(Map.of("PGPASSWORD", Files.readString(passwordFile())), tool("createdb", name));
        return url(name);
    }

    private String url(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Where it is, as the setting {@code postgres-url} has it; user and database are both {@code leat}. */
    public String url() {
        return url(USER);
    }

    /** Holds the password of its user. */
    public Path passwordFile() {
        return folder.resolve("password");
    }

    /** Kill -9 of the server and of all that serves a connection. */
    public void kill() {
        Child running = server;
        if (running != null) {
            running.kill();
        }
    }

    /** Ends it without waiting for who is connected; what it keeps stays in the folder. */
    @Override
    public void close() {
        Child running = server;
        if (running != null) {
            running.end("INT", PATIENCE);
        }
    }
}
