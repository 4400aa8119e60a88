package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import leat.kernel.test.Tally;
import leat.platform.cluster.NatsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code leat cluster}, three nodes with different modules behind a front door, and everything that can die or stand still
 * doing so while people go on. One story in chapters, in order; {@code -Dleat.torture=10} tells some of them ten times.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterJourneyTest {
    private static final int TIMES = Integer.getInteger("leat.torture", 1);
    private static final int NOTES = 6;
    private static final Pattern STREAMS = Pattern.compile("(?m)^leat_http_streams (\\d+)");

    @TempDir
    static Path folder;

    private static StartedCluster cluster;
    private static Api ada;
    private static Optional<NatsServer> nats = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        // The user that PostgreSQL runs as, when root starts it, must come through.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        cluster = StartedCluster.in(folder.resolve("cluster"));
        ada = Api.owner(cluster.port(), cluster.link());
    }

    @AfterAll
    static void end() {
        cluster.close();
        nats.ifPresent(NatsServer::close);
    }

    @Test
    @Order(1)
    void nothing_that_was_acknowledged_is_lost_when_nats_dies_under_load_and_comes_back() throws Exception {
        try (Writing writing = new Writing(ada, "beside NATS")) {
            for (int round = 0; round < TIMES; round++) {
                writing.goesOn(20);
                nats.ifPresentOrElse(NatsServer::kill, cluster::killNats);
                try {
                    for (StartedCluster.Node node : cluster.nodes()) {
                        Eventually.holds(
                                node.name() + " misses NATS", () -> nats(node).equals("away"));
                    }
                } finally {
                    nats = Optional.of(cluster.natsAgain(folder.resolve("nats-again.log")));
                }
                for (StartedCluster.Node node : cluster.nodes()) {
                    Eventually.holds(
                            node.name() + " has NATS again", () -> nats(node).equals("well"));
                }
                writing.goesOn(20);
            }
            writing.isAllThereOnce();
            Tally.row(
                    "kill -9 of NATS under three nodes", TIMES, writing.acknowledged() + " notes, each there once", 0);
        }
    }

    private static String nats(StartedCluster.Node node) throws IOException {
        // Nobody asks: who somebody is, not every node could find out without NATS.
        return Api.nobody(node.port())
                .get("/health/ready")
                .json()
                .path("parts")
                .path("NATS")
                .asString("");
    }

    @Test
    @Order(2)
    void a_node_that_stood_still_past_its_lease_tells_nothing_old_and_takes_its_share_again() throws Exception {
        for (int round = 0; round < TIMES; round++) {
            StartedCluster.Node still = cluster.nodes().stream()
                    .filter(node -> node.modules().containsAll(List.of("accounts", "notes")))
                    .findFirst()
                    .orElseThrow();
            Api there = ada.at(still.port());
            List<String> notes = new ArrayList<>();
            for (int i = 0; i < NOTES; i++) {
                String title = "before " + round + " " + i;
                notes.add(Writing.answered(
                                there,
                                UUID.randomUUID(),
                                "POST",
                                "/api/notes/notes?organization=workshop",
                                Map.of("title", title))
                        .with(201)
                        .text("id"));
            }
            still.pause();
            try {
                for (String note : notes) {
                    Writing.answered(
                                    ada,
                                    UUID.randomUUID(),
                                    "PUT",
                                    "/api/notes/notes/" + note,
                                    Map.of("title", "since then"))
                            .with(200);
                }
            } finally {
                still.resume();
            }
            for (String note : notes) {
                assertThat(Writing.answered(there, UUID.randomUUID(), "GET", "/api/notes/notes/" + note, Map.of())
                                .with(200)
                                .text("title"))
                        .isEqualTo("since then");
            }
            Eventually.holds(still.name() + " owns a share again", () -> owned(there) > 0);
        }
        Tally.row("SIGSTOP of a node past its lease, then SIGCONT", TIMES, NOTES * TIMES + " notes, none told old", 0);
    }

    private static int owned(Api there) throws IOException {
        for (var node : there.get("/api/operations").json().path("nodes")) {
            if (node.path("here").asBoolean() && node.path("living").asBoolean()) {
                return node.path("owns").asInt();
            }
        }
        return 0;
    }

    @Test
    @Order(3)
    void an_open_page_goes_on_when_the_node_that_feeds_it_dies() throws Exception {
        String note = ada.post(
                        "/api/notes/notes?organization=workshop", Map.of("title", "Read by many", "access", "Public"))
                .with(201)
                .text("id");
        try (Tab tab = Workshop.signedIn(cluster.url(), "ada")
                .expect(502)
                .expect(503)
                .forgive("ERR_")
                .forgive("htmx:")) {
            tab.open("/notes/" + note).mark();
            tab.await("document.querySelector('leat-live').dataset.state === 'live'");
            for (int round = 0; round < TIMES; round++) {
                StartedCluster.Node feeding = cluster.nodes().stream()
                        .filter(ClusterJourneyTest::streams)
                        .findFirst()
                        .orElseThrow();
                cluster.kill(feeding);
                String said = "said without " + feeding.name() + ", " + round;
                Writing.answered(
                                ada,
                                UUID.randomUUID(),
                                "POST",
                                "/api/notes/notes/" + note + "/comments",
                                Map.of("body", said))
                        .with(201);
                Eventually.holds("the page shows what was " + said, () -> tab.isShowing(said));
                cluster.awaitBack(feeding);
            }
            assertThat(tab.isMarked()).as("the page is the same").isTrue();
        }
    }

    /** Whether somebody follows a stream of events of this node. */
    private static boolean streams(StartedCluster.Node node) {
        try {
            var count = STREAMS.matcher(ada.at(node.port()).get("/metrics").body());
            return count.find() && Integer.parseInt(count.group(1)) > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    @Order(4)
    void people_work_on_while_nodes_die_and_everything_ends_with_the_command() throws Exception {
        Workshop.published(ada, "workshop", "pets", Workshop.answering("/pets/:id", "pet {{path-params.id}}"));
        for (int i = 0; i < 9; i++) {
            int id = i;
            Eventually.holds("every node answers with the mock", () -> pet(id));
            ada.get("/api/accounts/me").with(200);
            ada.get("/api/mocks/mocks").with(200);
        }
        for (StartedCluster.Node node : cluster.nodes()) {
            cluster.kill(node);
            Eventually.holds("the mock is answered without " + node.name(), () -> pet(7));
            Eventually.holds(
                    "people are known without " + node.name(),
                    () -> ada.get("/api/accounts/me").status() == 200);
            published("after-" + node.name(), Workshop.answering("/x", "made without " + node.name()));
            cluster.awaitBack(node);
        }
        cluster.killAndAwaitTheEndOfAll();
    }

    /** As a program publishes that may lose its node at any request: under keys, and again until it is answered. */
    private static void published(String name, String source) {
        String mock = Writing.answered(
                        ada,
                        UUID.randomUUID(),
                        "POST",
                        "/api/mocks/mocks?organization=workshop&name=" + name,
                        "text/yaml",
                        source.getBytes(StandardCharsets.UTF_8))
                .with(201)
                .text("id");
        Writing.answered(ada, UUID.randomUUID(), "PUT", "/api/mocks/mocks/" + mock + "/publication", Map.of())
                .with(200, 202);
        Eventually.holds(
                "mock " + name + " is published",
                () -> ada.get("/api/mocks/mocks/" + mock).text("status").equals("published"));
    }

    private static boolean pet(int id) throws IOException {
        try {
            Api.Answer answer = Wire.get(cluster.port(), "pets-workshop.localhost", "/pets/" + id);
            return answer.status() == 200 && answer.body().equals("pet " + id);
        } catch (IOException gone) {
            return false;
        }
    }
}
