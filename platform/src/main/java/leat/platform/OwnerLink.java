package leat.platform;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import leat.accounts.FirstSignIn;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.runtime.Node;

/**
 * {@code leat owner-link}: a new one-time sign-in link for the owner of a stopped Leat, when password and
 * sessions are lost. The proof of being the owner is that one can write in the data folder.
 *
 * <p>Ends as {@link Main} does; with 1 also when a process has the folder open. The link goes to standard output alone.
 */
public final class OwnerLink {
    private final PrintStream out;
    private final PrintStream err;

    private OwnerLink(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        var command = new OwnerLink(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
        Runtime.getRuntime().halt(command.run(List.of(arguments), System.getenv()));
    }

    static int run(PrintStream out, PrintStream err, Map<String, String> environment, String... arguments) {
        return new OwnerLink(out, err).run(Arrays.asList(arguments), environment);
    }

    private int run(List<String> arguments, Map<String, String> environment) {
        try {
            Settings settings = Settings.of(Configuration.read(arguments, environment, Path.of("")));
            Logging.level(System.Logger.Level.WARNING);
            String link = link(settings);
            err.println("Start Leat, then sign in as the owner, once, within a day:");
            out.println(link);
            return 0;
        } catch (StartFailure failure) {
            err.println("leat: " + failure.getMessage());
            return failure.exitCode();
        }
    }

    private static String link(Settings settings) {
        String address = settings.baseUrl().map(Object::toString).orElseGet(() -> local(settings));
        if (settings.distributed().isEmpty() && !Files.isDirectory(settings.data())) {
            throw StartFailure.impossible(
                    "There is no data folder " + settings.data() + "; name the one of this Leat with --data.");
        }
        try (Engine engine = Main.open(settings)) {
            // Accounts alone: whatever else waits in the folder must not begin to run for this.
            List<Module> accounts = Modules.named(List.of("accounts"), Main.modules(settings, () -> address));
            Node node = Installation.node(settings, engine, accounts);
            try {
                return node.added(FirstSignIn.class).getFirst().newUrl(address);
            } finally {
                node.drain(Duration.ofSeconds(5));
            }
        }
    }

    private static String local(Settings settings) {
        if (settings.port() == 0) {
            throw StartFailure.misconfigured(
                    "Leat listens on whatever port is free, so say where people reach it: --base-url URL.");
        }
        return "http://" + Installation.reachable(settings.host()) + ":" + settings.port();
    }
}
