package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who works on while the product is killed under them: each deed has a key and is sent again under it until it is
 * answered; whatever was answered is remembered and looked for later.
 */
final class Worker {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Eight workers share a person, who may have 200 organizations: none of them founds what would be refused. */
    private static final int MOST_ORGANIZATIONS = 20;

    private final Api api;
    private final Product product;
    private final String name;
    private final Random random;
    private final AtomicInteger acknowledged;
    private final List<Deed> deeds = new ArrayList<>();
    private final List<String> organizations = new ArrayList<>();
    private final Map<String, Kept> mocks = new LinkedHashMap<>();
    private int number;
    private int looked;

    /** One thing that was done, how it was asked, and the first answer to it. */
    private record Deed(UUID key, String method, String path, Object body, Api.Answer answer) {}

    /** What we know of a mock from what was answered. */
    private static final class Kept {
        final String organization;
        final String name;
        final List<String> texts = new ArrayList<>();
        int live;
        boolean looked;

        Kept(String organization, String name, String text) {
            this.organization = organization;
            this.name = name;
            texts.add(text);
        }
    }

    /** @param acknowledged counts answers, for whoever wants to strike in the midst of them */
    Worker(Api api, Product product, String name, Random random, AtomicInteger acknowledged) {
        this.api = api;
        this.product = product;
        this.name = name;
        this.random = random;
        this.acknowledged = acknowledged;
    }

    int deeds() {
        return deeds.size();
    }

    /** Does one more thing. */
    void work() {
        number++;
        String called = name + "-" + number;
        int choice = random.nextInt(100);
        if (organizations.isEmpty() || (choice < 20 && organizations.size() < MOST_ORGANIZATIONS)) {
            done("POST", "/api/accounts/organizations", Map.of("name", called), 201);
            organizations.add(called);
        } else if (choice < 30) {
            done("POST", "/api/accounts/tokens", Map.of("name", called, "scopes", List.of("*")), 201, 409);
        } else if (choice < 55 || mocks.isEmpty()) {
            String organization = organizations.get(random.nextInt(organizations.size()));
            String text = Workshop.answering("/is", called);
            var body = Map.of("organization", organization, "name", called, "source", text);
            Api.Answer answer = done("POST", "/api/mocks/mocks", body, 201);
            mocks.put(answer.text("id"), new Kept(organization, called, text));
        } else {
            var any = List.copyOf(mocks.entrySet()).get(random.nextInt(mocks.size()));
            String id = any.getKey();
            Kept mock = any.getValue();
            // To publish again what is published is no deed.
            if (choice < 80 || mock.live == mock.texts.size()) {
                String text = Workshop.answering("/is", called);
                Api.Answer answer = done("PUT", "/api/mocks/mocks/" + id + "/source", Map.of("source", text), 200);
                mock.texts.add(text);
                mock.looked = false;
                assertThat(answer.json().path("revision").asInt()).isEqualTo(mock.texts.size());
            } else {
                done("PUT", "/api/mocks/mocks/" + id + "/publication", Map.of(), 200, 202);
                mock.live = mock.texts.size();
                mock.looked = false;
            }
        }
    }

    private Api.Answer done(String method, String path, Object body, Integer... statuses) {
        UUID key = new UUID(random.nextLong(), random.nextLong());
        Api.Answer answer = answered(key, method, path, body).with(statuses);
        deeds.add(new Deed(key, method, path, body, answer));
        acknowledged.incrementAndGet();
        return answer;
    }

    /** Sends until there is an answer, whatever it takes, always with the same key. */
    private Api.Answer answered(UUID key, String method, String path, Object body) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Api.Answer answer = api.keyed(key, method, path, body);
                if (answer.status() != 503) {
                    return answer;
                }
            } catch (IOException e) {
                // it was killed; what became of the deed only a later answer tells
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(method + " " + path + " found no answer within " + PATIENCE);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    // --- looking -------------------------------------------------------------------------------------------------

    /**
     * Looks for everything that was answered: it is there exactly once, by itself and in lists, and its key gives the same
     * answer again.
     *
     * @param everything false looks only for what was done since the last look
     */
    void look(boolean everything) throws IOException {
        for (Deed deed : deeds.subList(everything ? 0 : looked, deeds.size())) {
            repeat(deed);
        }
        List<String> mine = items("/api/accounts/organizations").stream()
                .map(it -> it.path("name").asString(""))
                .filter(it -> it.startsWith(name + "-"))
                .toList();
        assertThat(mine).containsExactlyInAnyOrderElementsOf(organizations);
        for (Map.Entry<String, Kept> each : mocks.entrySet()) {
            if (everything || !each.getValue().looked) {
                look(each.getKey(), each.getValue());
                each.getValue().looked = true;
            }
        }
        for (String organization : organizations) {
            List<String> listed = items("/api/mocks/mocks?organization=" + organization).stream()
                    .filter(it -> it.path("organizationName").asString("").equals(organization))
                    .map(it -> it.path("name").asString(""))
                    .filter(it -> it.startsWith(name + "-"))
                    .toList();
            List<String> kept = mocks.values().stream()
                    .filter(it -> it.organization.equals(organization))
                    .map(it -> it.name)
                    .toList();
            assertThat(listed).containsExactlyInAnyOrderElementsOf(kept);
        }
        tokens();
        looked = deeds.size();
    }

    /** The same key again gives the same answer and does nothing; a token's secret is told once only. */
    private void repeat(Deed deed) {
        Api.Answer again = answered(deed.key, deed.method, deed.path, deed.body);
        if (deed.path.endsWith("/tokens")) {
            assertThat(again.code()).isEqualTo("token.made");
            return;
        }
        if (deed.path.endsWith("/publication")) {
            assertThat(again.status()).isIn(200, 202);
            return;
        }
        assertThat(again.status()).as(deed.toString()).isEqualTo(deed.answer.status());
        for (String member : List.of("id", "name", "revision")) {
            assertThat(again.text(member)).as(member + " of " + deed).isEqualTo(deed.answer.text(member));
        }
    }

    private void look(String id, Kept mock) throws IOException {
        if (mock.live > 0) {
            Eventually.holds(
                    mock.name + " is no longer publishing",
                    () -> Workshop.status(api, id).equals("published"));
        }
        JsonNode single = api.get("/api/mocks/mocks/" + id).with(200).json();
        assertThat(single.path("name").asString("")).isEqualTo(mock.name);
        assertThat(single.path("head").asInt()).as("revisions of " + mock.name).isEqualTo(mock.texts.size());
        assertThat(single.path("live").asInt(0)).as("live of " + mock.name).isEqualTo(mock.live);
        assertThat(single.path("status").asString("")).isEqualTo(mock.live > 0 ? "published" : "draft");
        Eventually.holds(
                "the list says of " + mock.name + " what it says itself",
                () -> items("/api/mocks/mocks?q=" + mock.name).stream()
                        .filter(it -> it.path("id").asString("").equals(id))
                        .toList()
                        .equals(List.of(single)));
        String text = api.get("/api/mocks/mocks/" + id + "/source").with(200).body();
        assertThat(text).isEqualTo(mock.texts.getLast());
        if (mock.live > 0) {
            Api.Answer answer = Wire.get(product.port(), mock.name + "-" + mock.organization + ".localhost", "/is");
            assertThat(Workshop.answering("/is", answer.with(200).body())).isEqualTo(mock.texts.get(mock.live - 1));
        }
    }

    /** Each token is listed once and lets in; then it makes room, and lets nobody in any more. */
    private void tokens() throws IOException {
        List<JsonNode> listed = items("/api/accounts/tokens");
        for (Deed deed : deeds.subList(looked, deeds.size())) {
            if (deed.path.endsWith("/tokens")) {
                List<JsonNode> same = listed.stream()
                        .filter(it -> Map.of("name", it.path("name").asString(""), "scopes", List.of("*"))
                                .equals(deed.body))
                        .toList();
                assertThat(same).as("tokens for " + deed.body).hasSize(1);
                String secret = deed.answer.status() == 201 ? deed.answer.text("token") : "";
                if (!secret.isEmpty()) {
                    Api.bearer(product, secret).get("/api/accounts/me").with(200);
                }
                api.delete("/api/accounts/tokens/" + same.getFirst().path("id").asString(""))
                        .with(204);
                if (!secret.isEmpty()) {
                    Api.bearer(product, secret).get("/api/accounts/me").with(401);
                }
            }
        }
    }

    /** All items of a list, page by page. */
    private List<JsonNode> items(String path) throws IOException {
        var items = new ArrayList<JsonNode>();
        String next = path + (path.contains("?") ? "&" : "?") + "limit=100";
        while (!next.isEmpty()) {
            Api.Answer page = api.get(next).with(200);
            StreamSupport.stream(page.json().path("items").spliterator(), false).forEach(items::add);
            String link = page.header("link");
            next = link.contains("rel=\"next\"") ? link.substring(link.indexOf('<') + 1, link.indexOf('>')) : "";
        }
        return items;
    }
}
