package leat.engine.distributed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the tests' own on a free port and in a folder of its own, which can be killed and started again. It
 * syncs as a real one does. Run by root, it runs as Debian's user {@code postgres}, for it refuses to be root.
 */
final class PrivatePostgres implements AutoCloseable {
    private static final String USER = "leat";
    private static final String PASSWORD = "private";
    private static final int PATIENCE_SECONDS = 60;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable PrivatePostgres shared;

    private final Path bin;
    private final Path folder;
    private final int port;
    private @Nullable Process process;

    PrivatePostgres() throws IOException {
        this.bin = programs();
        this.folder = Files.createTempDirectory("leat-postgres");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        if (root()) {
            run(List.of("chown", "-R", "postgres", folder.toString()));
        }
        run(asServer(
                bin.resolve("initdb").toString(),
                "--pgdata=" + data(),
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-instructions"));
        start();
    }

    /** One for all tests of this process; it is stopped when the process ends. */
    static synchronized PrivatePostgres shared() {
        PrivatePostgres running = shared;
        if (running == null) {
            try {
                running = new PrivatePostgres();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Path programs() throws IOException {
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (var versions = Files.list(debian)) {
                return versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(() -> new IOException("there is no initdb below " + debian));
            }
        }
        throw new IOException("PostgreSQL is not installed: there is no " + debian);
    }

    private static List<String> asServer(String... command) {
        List<String> all = new ArrayList<>();
        if (root()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private void run(List<String> command) throws IOException {
        Path log = log();
        Process run = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || run.exitValue() != 0) {
                run.destroyForcibly();
                throw new IOException(String.join(" ", command) + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Returns once it takes connections; tries again while what is left of a killed server stands in the way. */
    void start() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!started(end)) {
            pause();
        }
    }

    /** False when it ended because its predecessor has not quite gone. */
    private boolean started(long end) throws IOException {
        Path log = log();
        Process started = new ProcessBuilder(asServer(
                        bin.resolve("postgres").toString(),
                        "-D",
                        data().toString(),
                        "-p",
                        Integer.toString(port),
                        "-k",
                        folder.toString(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "shared_buffers=128MB",
                        "-c",
                        "max_wal_size=2GB"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        while (true) {
            try (Connection _ = connect("postgres")) {
                return true;
            } catch (SQLException e) {
                String said = Files.readString(log);
                if (!started.isAlive() && said.contains("still in use") && System.nanoTime() < end) {
                    Files.writeString(log, "");
                    return false;
                }
                if (!started.isAlive() || System.nanoTime() > end) {
                    throw new IOException("PostgreSQL did not start: " + said, e);
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(settings(database).url(), USER, PASSWORD);
    }

    PostgresSettings settings(String database) {
        return PostgresSettings.of("127.0.0.1", port, database, USER, PASSWORD);
    }

    int port() {
        return port;
    }

    /** A new, empty database. */
    PostgresSettings database() {
        String name = "leat_" + DATABASES.incrementAndGet();
        try (Connection connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return settings(name);
    }

    /** Kill -9 of the server and, with it, of whatever serves a connection. */
    void kill() {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> serving = running.descendants().toList();
            running.destroyForcibly().onExit().join();
            serving.forEach(ProcessHandle::destroyForcibly);
            // Until the last of them is gone its shared memory is in use, and a new server refuses to start.
            serving.forEach(handle -> handle.onExit().join());
        }
    }

    /** Ends it at once, without waiting for who is connected. */
    @Override
    public void close() {
        Process running = process;
        try {
            if (running != null) {
                run(List.of("kill", "-QUIT", Long.toString(running.pid())));
                if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            }
            // Not waited for: many databases on a busy disk take longer than a JVM is given to end.
            new ProcessBuilder("rm", "-rf", folder.toString(), log().toString()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
