package leat.platform;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import leat.accounts.AccountsModule;
import leat.accounts.AccountsSettings;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.port.EngineException;
import leat.mail.MailModule;
import leat.mocks.MocksModule;
import leat.notes.NotesModule;
import leat.webhooks.WebhooksModule;
import leat.webhooks.WebhooksSettings;

/**
 * Starts Leat and keeps it until Ctrl-C or SIGTERM, on which it finishes what is under way and ends with 0.
 *
 * <p>Ends with 1 when this machine does not allow it, with 2 when the configuration is wrong; the reason is one sentence on
 * standard error.
 */
public final class Main {
    private static final Duration CATCHING_UP = Duration.ofMinutes(10);

    private Main() {}

    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            run(List.of(arguments), System.getenv(), out);
        } catch (StartFailure failure) {
            new PrintStream(System.err, true, StandardCharsets.UTF_8).println("leat: " + failure.getMessage());
            Runtime.getRuntime().halt(failure.exitCode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(List<String> arguments, Map<String, String> environment, PrintStream out)
            throws InterruptedException {
        Configuration configuration = Configuration.read(arguments, environment, Path.of(""));
        if (configuration.helpWanted()) {
            Configuration.help().forEach(out::println);
            return;
        }
        Settings settings = Settings.of(configuration);
        if (configuration.printWanted()) {
            configuration.lines().forEach(out::println);
            return;
        }
        Logging.level(settings.logLevel());
        Installation installation = Installation.start(settings, Main::open, Main::modules);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("leat-stop").unstarted(() -> {
                    out.println("Stopping…");
                    installation.stop(settings.drainDelay(), settings.drain());
                    out.println("Stopped.");
                    Logging.stop();
                    stopped.countDown();
                    // A JVM that a signal ends would say 143 or 130; this is not a failure.
                    Runtime.getRuntime().halt(0);
                }));
        if (!installation.awaitReady(CATCHING_UP)) {
            System.getLogger("leat.platform")
                    .log(System.Logger.Level.WARNING, "views are still catching up; see the operations page");
        }
        out.println("Leat is ready at " + installation.url() + " (data in " + where(settings) + ").");
        installation.firstSignIn().ifPresent(link -> out.println("Sign in as the owner, once, within a day: " + link));
        stopped.await();
    }

    /** Where everything is kept, for people. */
    static String where(Settings settings) {
        return settings.distributed()
                .map(shared -> shared.postgres() + "; blobs and logs in "
                        + shared.s3()
                                .map(Object::toString)
                                .orElse(settings.data().toString()))
                .orElseGet(() -> settings.data().toString());
    }

    /** Opens the engine that the settings ask for, and begins the access log once the folder is ours. */
    static Engine open(Settings settings) {
        try {
            Engine engine = settings.distributed().isPresent()
                    ? Distributed.open(settings.distributed().get(), settings.data())
                    : EmbeddedEngine.open(settings.data(), EmbeddedSettings.DEFAULT);
            Logging.accessLogIn(settings.data());
            return engine;
        } catch (EngineException e) {
            throw StartFailure.impossible(
                    e.getMessage() == null ? "The data folder cannot be opened." : e.getMessage());
        }
    }

    /** Everything that this release can do. A token's scopes are named after the modules that it may use. */
    static List<Module> modules(Settings settings, Supplier<String> baseUrl) {
        String host = settings.baseUrl().map(URI::getHost).orElse("localhost");
        List<Module> apps = List.of(
                new MocksModule(host),
                new NotesModule(settings.notes(), baseUrl),
                new WebhooksModule(new WebhooksSettings(() -> SecretKey.of(settings), settings.webhooksAnywhere())));
        var scopes = new ArrayList<>(List.of("accounts"));
        apps.forEach(app -> scopes.add(app.name()));
        scopes.add("operations");
        var modules = new ArrayList<Module>(List.of(new AccountsModule(new AccountsSettings(baseUrl, scopes))));
        modules.addAll(apps);
        // Mail has no routes, and so no scopes.
        modules.add(new MailModule(settings.mail()));
        return modules;
    }
}
