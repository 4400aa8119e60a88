package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import leat.kernel.Json;
import tools.jackson.databind.JsonNode;

/** People who write notes all the while, each sent again under its key until it is answered; knows what was answered. */
final class Writing implements AutoCloseable {
    private static final int PEOPLE = 4;

    private final Api api;
    private final String name;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Kept> acknowledged = new ConcurrentHashMap<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private record Kept(UUID key, String id) {}

    /** @param name begins every title */
    Writing(Api api, String name) {
        this.api = api;
        this.name = name;
        for (int person = 0; person < PEOPLE; person++) {
            int own = person;
            threads.execute(() -> write(own));
        }
    }

    private void write(int person) {
        try {
            for (int number = 1; going.get(); number++) {
                String title = name + " " + person + " " + number;
                UUID key = UUID.randomUUID();
                acknowledged.put(title, new Kept(key, sent(key, title).text("id")));
            }
        } catch (RuntimeException | Error failure) {
            failures.add(failure);
        }
    }

    private Api.Answer sent(UUID key, String title) {
        return answered(api, key, "POST", "/api/notes/notes?organization=workshop", Map.of("title", title))
                .with(201);
    }

    /** Sends until it is answered by somebody who could, always under the same key. */
    static Api.Answer answered(Api api, UUID key, String method, String path, Object body) {
        return answered(api, key, method, path, "application/json", Json.bytes(body));
    }

    /** The same with a body of any kind. */
    static Api.Answer answered(Api api, UUID key, String method, String path, String type, byte[] body) {
        Api.Answer[] last = new Api.Answer[1];
        Eventually.holds(method + " " + path + " is answered", () -> {
            try {
                last[0] = api.keyed(key, method, path, type, body);
                return !List.of(502, 503, 504).contains(last[0].status());
            } catch (IOException lost) {
                // What became of it the next answer tells.
                return false;
            }
        });
        return last[0];
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Waits until so many more were acknowledged. */
    void goesOn(int more) {
        int before = acknowledged();
        Eventually.holds("people write on", () -> acknowledged() >= before + more || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }

    /** Stops, and finds everything that was acknowledged: once, under its id, in the list, and by its key again. */
    void isAllThereOnce() throws IOException {
        close();
        assertThat(failures).isEmpty();
        for (Map.Entry<String, Kept> one : acknowledged.entrySet()) {
            assertThat(api.get("/api/notes/notes/" + one.getValue().id())
                            .with(200)
                            .text("title"))
                    .isEqualTo(one.getKey());
        }
        Map.Entry<String, Kept> any = acknowledged.entrySet().iterator().next();
        assertThat(sent(any.getValue().key(), any.getKey()).text("id"))
                .isEqualTo(any.getValue().id());
        Eventually.holds("the list has each of them once", () -> listed().equals(sorted(acknowledged.keySet())));
    }

    private List<String> listed() throws IOException {
        var titles = new ArrayList<String>();
        String next = "/api/notes/notes?organization=workshop&limit=100";
        while (!next.isEmpty()) {
            Api.Answer page = api.get(next).with(200);
            for (JsonNode item : page.json().path("items")) {
                String title = item.path("title").asString("");
                if (title.startsWith(name + " ")) {
                    titles.add(title);
                }
            }
            String link = page.header("link");
            next = link.contains("rel=\"next\"") ? link.substring(link.indexOf('<') + 1, link.indexOf('>')) : "";
        }
        return sorted(titles);
    }

    private static List<String> sorted(Iterable<String> titles) {
        return StreamSupport.stream(titles.spliterator(), false).sorted().toList();
    }

    @Override
    public void close() {
        going.set(false);
        threads.close();
    }
}
