package leat.platform;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leat.engine.embedded.NativeSqlite;

/**
 * Takes Leat into use in a folder that is thrown away, stops it and starts it again, so that the JVM learns which classes
 * starts, pages, commands, mocks and notes need. Run once by the build; see {@code leat}.
 */
final class Rehearsal implements AutoCloseable {
    private static final List<String> PAGES = List.of(
            "/",
            "/health/ready",
            "/sign-in",
            "/api",
            "/api/openapi.json",
            "/mocks",
            "/notes",
            "/operations",
            "/problems/forbidden",
            "/metrics");
    private static final Pattern COOKIE = Pattern.compile("(?im)^set-cookie: ([^;\r\n]+)");
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("<code[^>]*>\\s*(leat_[^<\\s]+)");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final String PASSWORD = "rehearsal: nobody signs in with this";
    private static final String MOCK =
            "- endpoint:\n    path: /hello/:name\n    response:\n      body: '{\"hello\": \"{{path-params.name}}\"}'\n";

    private final Installation installation;
    private String cookies = "";

    private Rehearsal(Path data) {
        Configuration configuration =
                Configuration.read(List.of("--port", "0", "--data", data.toString()), Map.of(), data);
        Settings settings = Settings.of(configuration);
        Logging.level(settings.logLevel());
        installation = Installation.start(settings, Main::open, Main::modules);
        installation.awaitReady(Duration.ofSeconds(30));
    }

    public static void main(String[] arguments) throws IOException {
        String natives = System.getProperty("org.sqlite.lib.path", "");
        if (!natives.isEmpty()) {
            NativeSqlite.unpack(Path.of(natives));
        }
        Path data = Files.createTempDirectory("leat-rehearsal");
        try {
            String token;
            try (var first = new Rehearsal(data)) {
                token = first.arrive();
            }
            try (var second = new Rehearsal(data)) {
                second.use(token, "second");
            }
            Logging.stop();
        } finally {
            Folders.delete(data);
        }
    }

    /** Signs the owner in by the link, makes a token, and uses it. */
    private String arrive() throws IOException {
        String link = installation.firstSignIn().orElseThrow();
        ask("GET", URI.create(link).getPath() + "?" + URI.create(link).getQuery(), "", "");
        form("/first-sign-in", "name=ada&organization=workshop&password=" + PASSWORD + "&repeated=" + PASSWORD);
        String csrf = found(CSRF, ask("GET", "/settings/tokens", "", ""));
        String token = found(TOKEN, form("/settings/tokens", "name=rehearsal&scopes=*&days=1&_csrf=" + csrf));
        use(token, "first");
        return token;
    }

    private void use(String token, String name) throws IOException {
        for (String page : PAGES) {
            ask("GET", page, "", "");
        }
        String bearer = "Authorization: Bearer " + token + "\r\n";
        ask(
                "POST",
                "/api/accounts/organizations",
                bearer + "Content-Type: application/json\r\n",
                "{\"name\":\"" + name + "\"}");
        String id = found(
                ID,
                ask(
                        "POST",
                        "/api/mocks/mocks?organization=workshop&name=" + name,
                        bearer + "Content-Type: text/yaml\r\n",
                        MOCK));
        ask("PUT", "/api/mocks/mocks/" + id + "/publication", bearer + "Content-Type: application/json\r\n", "{}");
        ask("GET", "/m/workshop/" + name + "/hello/ada", "", "");
        String note = found(
                ID,
                ask(
                        "POST",
                        "/api/notes/notes?organization=workshop",
                        bearer + "Content-Type: application/json\r\n",
                        "{\"title\":\"" + name + "\",\"body\":\"# Hello\\n\\n- [ ] ada\"}"));
        ask("GET", "/notes/" + note, "", "");
        ask("GET", "/notes?q=ada", "", "");
    }

    private String form(String path, String fields) throws IOException {
        return ask("POST", path, "Content-Type: application/x-www-form-urlencoded\r\n", fields.replace(" ", "+"));
    }

    /** One request on a connection of its own; cookies that come are kept. */
    private String ask(String method, String path, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), installation.port())) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + installation.port()
                    + "\r\nAccept: text/html, application/json\r\nConnection: close\r\n"
                    + (cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n") + headers
                    + "Content-Length: " + bytes.length + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            try (InputStream in = socket.getInputStream()) {
                String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Matcher cookie = COOKIE.matcher(answer);
                while (cookie.find()) {
                    cookies += (cookies.isEmpty() ? "" : "; ") + cookie.group(1);
                }
                return answer;
            }
        }
    }

    private static String found(Pattern pattern, String answer) throws IOException {
        Matcher found = pattern.matcher(answer);
        if (!found.find()) {
            throw new IOException("no " + pattern + " in the answer: " + answer);
        }
        return found.group(1);
    }

    @Override
    public void close() {
        installation.stop(Duration.ZERO, Duration.ofSeconds(5));
    }
}
