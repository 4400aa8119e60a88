package leat.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/**
 * Signs in: shows a code, which a person confirms in a browser where they are signed in, and keeps the token that this
 * gives. With {@code --token} the token is there already, and is tried before it is kept.
 */
@Command(
        name = "login",
        description = "Sign in to a server, by confirming a code in the browser or with --token (- reads it from"
                + " standard input).")
final class Login implements Runnable {
    private final Console console;
    private final Browser browser;

    Login(Console console, Browser browser) {
        this.console = console;
        this.browser = browser;
    }

    /** Opens a page for the person; whether it worked does not matter, the address is printed too. */
    @FunctionalInterface
    interface Browser {
        void open(String url);
    }

    @Override
    public void run() {
        Surroundings surroundings = console.surroundings();
        Credentials credentials = Credentials.in(surroundings.settings());
        var address = Connection.url(console.options(), surroundings, credentials);
        Remote server = new Remote(new Connection(address, Optional.empty()), console.version());
        String token = console.options().token.isPresent()
                ? Connection.find(console.options(), surroundings).token().orElseThrow()
                : confirmed(server);
        JsonNode me = new Remote(new Connection(server.url(), Optional.of(token)), console.version())
                .get("/api/accounts/me")
                .json();
        credentials.with(server.url(), token);
        String name = me.path("name").asString("");
        console.show(
                Map.of("url", server.url().toString(), "user", name),
                () -> console.line("Signed in to " + server.url() + " as " + Table.plain(name) + "."));
    }

    private String confirmed(Remote server) {
        JsonNode login =
                server.post("/api/accounts/logins", Map.of("label", hostName())).json();
        String url = login.path("url").asString("");
        Instant end = Instant.parse(login.path("expiresAt").asString(""));
        Duration interval = Duration.ofMillis(
                Math.max(100, Math.round(login.path("intervalSeconds").asDouble(2) * 1000)));
        console.note("Open " + Table.plain(url) + " and confirm the code "
                + Table.plain(login.path("code").asString("")) + ".");
        if (url.startsWith("http://") || url.startsWith("https://")) {
            browser.open(url);
        }
        String path = "/api/accounts/logins/" + login.path("id").asString("") + "/token";
        Map<String, String> secret = Map.of("secret", login.path("secret").asString(""));
        try (var progress = console.progress("waiting for the browser")) {
            while (Instant.now().isBefore(end)) {
                Reply reply = server.post(path, secret);
                if (reply.status() == 200) {
                    progress.done();
                    return reply.json().path("token").asString("");
                }
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CommandFailure(
                ExitCode.NOT_SIGNED_IN, "login.expired", "The code was not confirmed in time; try again.", List.of());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "command line";
        }
    }

    /** The desktop's own way to open an address; none without a desktop. */
    static Browser ofDesktop(Surroundings surroundings) {
        return url -> {
            boolean mac = System.getProperty("os.name").startsWith("Mac");
            boolean desktop = mac
                    || surroundings.variable("DISPLAY").isPresent()
                    || surroundings.variable("WAYLAND_DISPLAY").isPresent();
            if (surroundings.errIsTerminal() && desktop) {
                try {
                    new ProcessBuilder(mac ? "open" : "xdg-open", url)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
                } catch (java.io.IOException e) {
                    // the address stands on the screen
                }
            }
        };
    }
}
