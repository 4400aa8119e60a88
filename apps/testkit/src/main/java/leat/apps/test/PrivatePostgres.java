package leat.apps.test;

import java.io.IOException;
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
import leat.engine.distributed.DistributedEngine;
import leat.engine.distributed.PostgresSettings;
import leat.kernel.port.Engine;
import leat.kernel.test.MemoryEngine;

/**
 * A PostgreSQL server of the tests' own on a free port and in a temporary folder. Run by root, it runs as Debian's user
 * {@code postgres}, for it refuses to be root.
 */
public final class PrivatePostgres implements AutoCloseable {
    private static final String USER = "leat";
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder = Files.createTempDirectory("leat-app-postgres");
    private final int port;
    private final Process server;
    private int databases;

    /** Starts it, which takes a second or two. */
    public PrivatePostgres() throws IOException, InterruptedException {
        if (isRoot()) {
            ended(new ProcessBuilder("chown", "postgres", folder.toString()));
        }
        ended(program(
                "initdb", "--username=" + USER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.server = program(
                        "postgres",
                        "-p",
                        Integer.toString(port),
                        "-k",
                        folder.toString(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "max_connections=300")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
        RunningApp.await(() -> {
            try (Connection _ = connect()) {
                return true;
            } catch (SQLException e) {
                return false;
            }
        });
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** @param name of a program of the newest PostgreSQL that is installed, run on the folder */
    private ProcessBuilder program(String name, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            command.add(versions.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("PostgreSQL is not installed"))
                    .toString());
        }
        command.addAll(List.of("-D", folder.resolve("data").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static void ended(ProcessBuilder program) throws IOException, InterruptedException {
        Process running = program.start();
        if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || running.exitValue() != 0) {
            running.destroyForcibly();
            throw new IOException(String.join(" ", program.command()) + " failed");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, "");
    }

    /** An engine on a new, empty database; all that is not in PostgreSQL is in memory. */
    public Engine engine() {
        var beside = new MemoryEngine();
        return DistributedEngine.open(
                database(), new DistributedEngine.Carried(beside.bus(), beside.blobs(), beside.logs(), beside::close));
    }

    /** A new, empty database. */
    public PostgresSettings database() {
        String name = "app_" + ++databases;
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return PostgresSettings.of("127.0.0.1", port, name, USER, "");
    }

    @Override
    public void close() {
        server.destroyForcibly().onExit().join();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
