package leat.platform;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import leat.kernel.Module;
import leat.platform.cluster.Cluster;

/**
 * {@code leat cluster}: starts a {@link Cluster}, tells where it is, and ends it on Ctrl-C. Ends with 0 then, with 1 when
 * something does not start, and with 2 when a flag is wrong.
 */
public final class ClusterCommand {
    private static final String HELP = """
            Starts PostgreSQL, NATS, an S3 server and three nodes behind a front door, private to this terminal.

              --port N      the front door's port; 0 picks a free one (8080)
              --keep DIR    keep everything there, and go on with what is there; otherwise a temporary folder""";

    /** Where the build writes the class path of the S3 server. */
    private static final String S3_CLASS_PATH = "leat.s3.class-path";

    private ClusterCommand() {}

    /** @param keep where everything stays; empty means a temporary folder */
    private record Flags(int port, Optional<Path> keep) {
        static Flags read(List<String> arguments) {
            int port = 8080;
            Optional<Path> keep = Optional.empty();
            for (int i = 0; i < arguments.size(); i++) {
                String[] parts = arguments.get(i).split("=", 2);
                if (!parts[0].equals("--port") && !parts[0].equals("--keep")) {
                    throw StartFailure.misconfigured(
                            "\"" + arguments.get(i) + "\" is not understood; see ./leat cluster --help.");
                }
                if (parts.length == 1 && i + 1 == arguments.size()) {
                    throw StartFailure.misconfigured(parts[0] + " needs a value.");
                }
                String value = parts.length == 2 ? parts[1] : arguments.get(++i);
                if (parts[0].equals("--port")) {
                    port = port(value);
                } else {
                    keep = Optional.of(Path.of(value));
                }
            }
            return new Flags(port, keep);
        }

        private static int port(String text) {
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
                throw StartFailure.misconfigured(
                        "port is \"" + text + "\", from --port; it must be a number from 0 to 65535.");
            }
            return Integer.parseInt(text);
        }
    }

    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        try {
            if (List.of(arguments).contains("--help")) {
                out.println(HELP);
                return;
            }
            run(Flags.read(List.of(arguments)), out);
        } catch (StartFailure failure) {
            err.println("leat: " + failure.getMessage());
            Runtime.getRuntime().halt(failure.exitCode());
        } catch (IOException failure) {
            err.println("leat: " + failure.getMessage());
            // By way of the hook, which ends what has been started.
            System.exit(StartFailure.IMPOSSIBLE);
        }
    }

    private static void run(Flags flags, PrintStream out) throws IOException {
        Path folder = flags.keep().isPresent()
                ? flags.keep().get().toAbsolutePath().normalize()
                : Files.createTempDirectory("leat-cluster");
        Cluster cluster = Cluster.in(folder, out);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("leat-cluster-stop").unstarted(() -> {
                    out.println("Stopping…");
                    cluster.close();
                    if (flags.keep().isEmpty()) {
                        forget(folder);
                    }
                    out.println("Stopped.");
                }));
        URI url = cluster.start(new Cluster.Plan(
                flags.port(),
                folder,
                Path.of(System.getProperty(S3_CLASS_PATH, "s3-class-path.txt")),
                modules(folder)));
        out.println("Leat is ready at " + url + " (data in " + folder
                + (flags.keep().isPresent() ? ")." : ", which Ctrl-C removes)."));
        cluster.signIn().ifPresent(link -> out.println("Sign in as the owner, once, within a day: " + link));
        park();
    }

    private static List<String> modules(Path folder) {
        Settings usual = Settings.of(Configuration.read(List.of(), Map.of(), folder));
        return Main.modules(usual, () -> "").stream().map(Module::name).toList();
    }

    private static void forget(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            System.err.println("leat: " + folder + " could not be removed: " + e.getMessage());
        }
    }

    private static void park() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
