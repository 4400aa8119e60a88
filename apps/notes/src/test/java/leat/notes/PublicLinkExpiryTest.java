package leat.notes;

import static leat.notes.Running.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leat.apps.test.Town;
import leat.kernel.Json;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import leat.kernel.test.TestClock;
import leat.web.Route;
import leat.web.Routes;
import leat.web.Server;
import leat.web.ServerSettings;
import leat.web.Site;
import leat.web.ui.PageRoutes;
import leat.web.ui.Pages;
import leat.web.ui.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A public link meets its end, on a clock that the test moves. */
final class PublicLinkExpiryTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final TestClock clock = new TestClock();
    private final MemoryEngine engine = new MemoryEngine();
    private final Town town = new Town();
    private final Node node = Node.start(NodeSettings.defaults().with(clock), engine, List.of(town, new NotesModule()));
    private final Server server = Server.start(ServerSettings.local(0), Site.of(routes(), town));

    private List<Route> routes() {
        var all = new ArrayList<Route>();
        node.added(Routes.class).forEach(added -> all.addAll(added.table()));
        var pages = new Pages(name -> "/assets/" + name, node.added(Place.class), person -> List.of());
        node.added(PageRoutes.class).forEach(added -> all.addAll(added.table(pages)));
        return all;
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(Duration.ofMillis(200));
        node.close();
        engine.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private String made(String path, Map<String, ?> draft, String member) throws Exception {
        HttpResponse<String> answer = send(to(path).header("Authorization", "Bearer ada")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.text(draft))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.tree(answer.body()).path(member).asString("");
    }

    @Test
    void an_address_shows_nothing_from_the_moment_at_which_its_link_ends() throws Exception {
        String note = made(NOTES, Map.of("title", "Roof", "body", "of slate"), "id");
        String address = made(NOTES + "/" + note + "/links", Map.of("days", 7), "path");
        clock.advance(Duration.ofDays(7).minusMillis(1));
        assertThat(send(to(address)).body()).contains("of slate");
        clock.advance(Duration.ofMillis(1));
        HttpResponse<String> over = send(to(address));
        assertThat(over.statusCode()).isEqualTo(404);
        assertThat(over.body()).doesNotContain("of slate", "Roof");
    }
}
