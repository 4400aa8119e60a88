package leat.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import leat.kernel.Json;
import tools.jackson.databind.JsonNode;

/** A server on a free port for one test, with people that are known by a header of their own. */
final class Running implements AutoCloseable {
    static final String ACME = "acme";
    static final String SECRET = "csrf-secret";

    final Server server;
    final CopyOnWriteArrayList<String> answered = new CopyOnWriteArrayList<>();

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Running(Server server) {
        this.server = server;
    }

    static Running with(Route... routes) {
        return with(ServerSettings.local(0), routes);
    }

    static Running with(ServerSettings settings, Route... routes) {
        return with(settings, Site.of(List.of(routes), new TestDoorkeeper()));
    }

    static Running with(ServerSettings settings, Site site) {
        var seen = new ArrayList<Running>();
        Running running = new Running(Server.start(settings, site.with(new ServerMetrics() {
            @Override
            public void answered(String method, String pattern, int status, long durationNanos) {
                if (!seen.isEmpty()) {
                    seen.getFirst().answered.add(method + " " + pattern + " " + status);
                }
            }
        })));
        seen.add(running);
        return running;
    }

    /** "Authorization: Bearer viewer:mocks:read" is a token, "Cookie: as=editor" a session. */
    static final class TestDoorkeeper implements Doorkeeper {
        @Override
        public Caller whoIs(Request request) {
            Optional<String> bearer = request.header("authorization").map(line -> line.substring("Bearer ".length()));
            if (bearer.isPresent()) {
                String[] parts = bearer.get().split("/", -1);
                return person(parts[0], new Credential.Token("t1", Set.of(parts[1].split(","))));
            }
            return request.cookie("as")
                    .map(name -> person(name, new Credential.Session("s1", SECRET)))
                    .orElse(new Caller.Nobody());
        }

        private static Caller person(String name, Credential credential) {
            return new Caller.Person(name, name, name.equals("root"), credential);
        }

        @Override
        public Optional<Role> roleOf(Caller caller, String organizationId) {
            return organizationId.equals(ACME)
                    ? switch (caller.id().orElse("")) {
                        case "viewer" -> Optional.of(Role.VIEWER);
                        case "editor" -> Optional.of(Role.EDITOR);
                        case "owner" -> Optional.of(Role.OWNER);
                        default -> Optional.empty();
                    }
                    : Optional.empty();
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    RawClient raw() {
        return new RawClient(server.port());
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.tree(response.body());
    }

    static String code(HttpResponse<String> response) {
        return json(response).path("code").asString();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come true within 15 s");
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        server.stop(Duration.ofMillis(200));
    }
}
