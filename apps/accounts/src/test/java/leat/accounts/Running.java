package leat.accounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.kernel.Json;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import leat.kernel.test.TestClock;
import leat.web.Doorkeeper;
import leat.web.Route;
import leat.web.Routes;
import leat.web.Server;
import leat.web.ServerSettings;
import leat.web.Site;
import leat.web.ui.PageRoutes;
import leat.web.ui.Pages;
import leat.web.ui.Place;
import leat.web.ui.Switcher;
import tools.jackson.databind.JsonNode;

/** Accounts behind a real server, on an engine in memory, at a clock that is told to move. */
final class Running implements AutoCloseable {
    static final String PASSWORD = "a long enough sentence";

    final MemoryEngine engine;
    final TestClock clock;
    final Node node;
    final Server server;
    final HttpClient http = HttpClient.newHttpClient();

    Running() {
        this(new MemoryEngine(), new TestClock());
    }

    Running(MemoryEngine engine, TestClock clock) {
        this.engine = engine;
        this.clock = clock;
        var baseUrl = new AtomicReference<>("");
        node = Node.start(
                NodeSettings.defaults().with(clock),
                engine,
                List.of(new AccountsModule(AccountsSettings.at(baseUrl::get), () -> clock.millis() * 1_000_000)));
        server = Server.start(
                ServerSettings.local(0),
                Site.of(routes(), node.added(Doorkeeper.class).getFirst()));
        baseUrl.set("http://127.0.0.1:" + server.port());
    }

    List<Route> routes() {
        var pages = new Pages(
                name -> "/assets/" + name,
                node.added(Place.class),
                node.added(Switcher.class).getFirst());
        return Stream.concat(
                        node.added(Routes.class).stream().map(Routes::table),
                        node.added(PageRoutes.class).stream().map(added -> added.table(pages)))
                .flatMap(List::stream)
                .toList();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.port();
    }

    FirstSignIn firstSignIn() {
        return node.added(FirstSignIn.class).getFirst();
    }

    /** Somebody with a browser of their own: nobody yet. */
    Client nobody() {
        return new Client();
    }

    /** The owner of the installation, arrived by link: olga of "acme". */
    Client owner() {
        Client olga = new Client();
        olga.open(firstSignIn().newUrl(baseUrl()));
        Reply arrived = olga.form(
                "POST",
                "/first-sign-in",
                Map.of("name", "olga", "organization", "acme", "password", PASSWORD, "repeated", PASSWORD));
        if (arrived.status() != 303) {
            throw new AssertionError(arrived);
        }
        olga.readCsrf();
        return olga;
    }

    /** Somebody who joins acme by an invitation that its owner makes. */
    Client joined(Client owner, String name, String role) {
        Client somebody = new Client();
        somebody.open(owner.json("POST", "/api/accounts/organizations/acme/invitations", Map.of("role", role))
                .text("url"));
        Reply reply = somebody.form(
                "POST",
                "/invitations/acceptance",
                Map.of("name", name, "password", PASSWORD + name, "repeated", PASSWORD + name));
        if (reply.status() != 303) {
            throw new AssertionError(reply);
        }
        somebody.readCsrf();
        return somebody;
    }

    void catchUp() {
        node.catchUp(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        stop();
        engine.close();
    }

    /** Stops everything but the engine, as a restart does. */
    void stop() {
        server.stop(Duration.ofSeconds(1));
        node.close();
        http.close();
    }

    record Reply(int status, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return Json.tree(body);
        }

        String text(String member) {
            return json().path(member).asString();
        }

        String code() {
            return body.startsWith("{") ? json().path("code").asString("") : "";
        }

        Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    /** A browser or a program: keeps cookies, sends its CSRF token, or a bearer token. */
    final class Client {
        private final Map<String, String> cookies = new ConcurrentHashMap<>();
        String csrf = "";
        Optional<String> bearer = Optional.empty();

        Client withToken(String token) {
            bearer = Optional.of(token);
            return this;
        }

        Optional<String> cookie(String name) {
            return Optional.ofNullable(cookies.get(name));
        }

        void keep(String name, String value) {
            cookies.put(name, value);
        }

        /** The same session in a second client. */
        Client copy() {
            Client copy = new Client();
            copy.cookies.putAll(cookies);
            copy.csrf = csrf;
            return copy;
        }

        /** Follows a link, as a browser does. */
        Reply open(String url) {
            Reply reply = get(url.replace(baseUrl(), ""));
            while (reply.status() == 303) {
                reply = get(reply.header("location").orElseThrow());
            }
            return reply;
        }

        Reply get(String path) {
            return send("GET", path, "", "", Map.of());
        }

        Reply json(String method, String path, Object body) {
            return json(method, path, body, Map.of());
        }

        Reply json(String method, String path, Object body, Map<String, String> headers) {
            return send(method, path, "application/json", Json.text(body), headers);
        }

        Reply delete(String path) {
            return send("DELETE", path, "", "", Map.of());
        }

        Reply form(String method, String path, Map<String, String> fields) {
            var all = new LinkedHashMap<>(fields);
            if (!csrf.isEmpty()) {
                all.putIfAbsent("_csrf", csrf);
            }
            if (!method.equals("POST")) {
                all.put("_method", method);
            }
            String body = all.entrySet().stream()
                    .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                    .collect(Collectors.joining("&"));
            return send("POST", path, "application/x-www-form-urlencoded", body, Map.of("Accept", "text/html"));
        }

        /** Signs in over the API and remembers session and CSRF token. */
        Reply signIn(String name, String password) {
            Reply reply = json("POST", "/api/accounts/sessions", Map.of("name", name, "password", password));
            if (reply.status() == 201) {
                csrf = reply.text("csrfToken");
            }
            return reply;
        }

        void readCsrf() {
            String page = send("GET", "/settings", "", "", Map.of("Accept", "text/html"))
                    .body();
            int mark = page.indexOf("name=\"_csrf\" value=\"");
            if (mark < 0) {
                throw new AssertionError("no form on " + page);
            }
            int begin = mark + "name=\"_csrf\" value=\"".length();
            csrf = page.substring(begin, page.indexOf('"', begin));
        }

        Reply send(String method, String path, String contentType, String body, Map<String, String> headers) {
            var request = HttpRequest.newBuilder(URI.create(baseUrl() + path))
                    .timeout(Duration.ofSeconds(30))
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (!contentType.isEmpty()) {
                request.header("Content-Type", contentType);
            }
            if (!cookies.isEmpty()) {
                List<String> pairs = new ArrayList<>();
                cookies.forEach((name, value) -> pairs.add(name + "=" + value));
                request.header("Cookie", String.join("; ", pairs));
            }
            bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
            if (!csrf.isEmpty() && !headers.containsKey("X-CSRF-Token") && path.startsWith("/api/")) {
                request.header("X-CSRF-Token", csrf);
            }
            headers.forEach(request::header);
            try {
                HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                response.headers().allValues("set-cookie").forEach(this::keepSet);
                return new Reply(response.statusCode(), response.headers().map(), response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private void keepSet(String line) {
            String pair = line.substring(0, line.indexOf(';'));
            String name = pair.substring(0, pair.indexOf('='));
            if (line.contains("Max-Age=0")) {
                cookies.remove(name);
            } else {
                cookies.put(name, pair.substring(pair.indexOf('=') + 1));
            }
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
