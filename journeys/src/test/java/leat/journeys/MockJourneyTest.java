package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mock's whole life at the screen, with callers from outside beside it. */
final class MockJourneyTest {
    private static final String PETS = """
            - endpoint:
                method: GET
                path: /pets/:id
                response:
                  status: 200
                  headers:
                    Content-Type: application/json
                  body: >
                    {"id": "{{path-params.id}}", "name": "Rex"}
            """;
    private static final String PETS_RENAMED = PETS.replace("Rex", "Bella");
    private static final String BROKEN = PETS.replace("status: 200", "status: fine");

    @TempDir
    static Path folder;

    private static Product product;
    private static Workshop workshop;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(folder);
        workshop = Workshop.founded(product);
    }

    @AfterAll
    static void end() {
        assertThat(product.errors()).isEmpty();
        product.close();
    }

    private static Api.Answer byHost(String target) throws IOException {
        return Wire.get(product.port(), "pets-workshop.localhost:" + product.port(), target);
    }

    private static Api.Answer byPath(String target) throws IOException {
        return Wire.get(product.port(), "localhost:" + product.port(), "/m/workshop/pets" + target);
    }

    @Test
    void a_mock_is_written_mended_published_called_changed_brought_back_taken_offline_and_removed() throws Exception {
        try (Tab ada = workshop.signedIn("ada")) {
            // Written, with an error that is shown at its line.
            ada.open("/mocks/new").fill("Name", "pets").write(BROKEN);
            ada.sees("#findings .diagnostic-place", "5:").sees("#findings", "error");
            ada.click("Create").sees("h1", "pets").sees("[data-live=status]", "Draft");
            assertThat(byHost("/pets/7").status()).as("before it is published").isEqualTo(404);

            ada.mark();
            ada.click("Save and publish").sees("[data-live=status]", "Invalid");
            assertThat(byHost("/pets/7").status()).as("with an error in it").isEqualTo(404);

            // Mended and published: the pill turns while one looks.
            ada.write(PETS).await("document.querySelector('#findings').children.length === 0");
            ada.click("Save and publish").sees("[data-live=status]", "Published");
            ada.sees("[data-live=publication]", "revision ");

            // Called by its host and by its path; the request comes into view by itself.
            Api.Answer answer = byHost("/pets/7").with(200);
            assertThat(answer.json().path("id").asString("")).isEqualTo("7");
            assertThat(answer.json().path("name").asString("")).isEqualTo("Rex");
            assertThat(byPath("/pets/8").with(200).text("id")).isEqualTo("8");
            ada.sees("[data-live=request]", "/pets/7").sees("[data-live=request]", "/pets/8");
            assertThat(byHost("/nothing").status()).isEqualTo(404);
            ada.sees("[data-live=request]", "/nothing").sees("[data-live=count]", "3");

            // Changed: the old revision answers until the new one is live.
            ada.write(PETS_RENAMED).click("Save").sees("What was saved since is not published.");
            assertThat(byHost("/pets/7").with(200).text("name")).isEqualTo("Rex");
            ada.click("Save and publish").losesSight("What was saved since");
            Eventually.holds(
                    "the new revision answers",
                    () -> byHost("/pets/7").text("name").equals("Bella"));
            assertThat(ada.isMarked()).as("all that without a reload").isTrue();

            // Brought back, after a look at what differs.
            ada.click("Revisions")
                    .sees("Revisions of pets")
                    .sees(".diff", "Bella")
                    .sees(".diff", "Rex");
            ada.click("Revision 2").sees("h1", "Revisions of pets");
            ada.clickOn("form[action$='restores=2'] button").sees("dialog", "Bring back revision 2?");
            ada.clickOn("dialog .button-danger-solid").sees("[data-live=status]", "Published");
            Eventually.holds(
                    "the old text answers", () -> byHost("/pets/7").text("name").equals("Rex"));

            // Taken offline at once.
            ada.click("Unpublish").sees("dialog", "Take this mock offline?").clickOn("dialog .button-danger-solid");
            ada.sees("[data-live=status]", "Unpublished");
            assertThat(byHost("/pets/7").status()).isEqualTo(404);
            assertThat(byPath("/pets/7").status()).isEqualTo(404);

            // Removed: its name is free again.
            ada.clickOn("main > section form button").clickOn("dialog input").type("pets");
            ada.clickOn("dialog .button-danger-solid").at("/mocks").losesSight("pets");
            String again = Workshop.created(workshop.ada(), "workshop", "pets", PETS);
            workshop.ada().delete("/api/mocks/mocks/" + again).with(204);
        }
    }

    @Test
    void a_viewer_watches_a_mock_and_cannot_change_it() throws Exception {
        workshop.joined("workshop", "VIEWER", "vera");
        String id = Workshop.published(workshop.ada(), "workshop", "seen", Workshop.answering("/x", "y"));
        try (Tab vera = workshop.signedIn("vera")) {
            vera.open("/mocks/" + id).sees("[data-live=status]", "Published");
            assertThat(vera.isShowing("Save and publish")).isFalse();
            assertThat(vera.isShowing("Unpublish")).isFalse();
            assertThat(vera.evaluate("document.querySelector('textarea').readOnly")
                            .asBoolean())
                    .isTrue();
            Wire.get(product.port(), "seen-workshop.localhost", "/x").with(200);
            vera.sees("[data-live=request]", "/x");
            vera.expect(403);
            assertThat(
                            vera.text(
                                    "fetch('/mocks/" + id
                                            + "/publication', {method: 'DELETE', headers: {'X-CSRF-Token': document.querySelector('meta[name=csrf-token]').content}}).then(it => '' + it.status)"))
                    .isEqualTo("403");
        }
    }

    @Test
    void a_page_that_lost_its_server_finds_it_again_and_shows_what_is_new() throws Exception {
        String id = Workshop.published(workshop.ada(), "workshop", "lasting", Workshop.answering("/x", "y"));
        try (Tab ada = workshop.signedIn("ada")) {
            ada.open("/mocks/" + id).sees("[data-live-state]", "Connected").mark();
            product.kill9();
            ada.sees("[data-live-state]", "Reconnecting");
            product.restart();
            ada.sees("[data-live-state]", "Connected");
            Wire.get(product.port(), "lasting-workshop.localhost", "/x").with(200);
            ada.sees("[data-live=request]", "/x");
            assertThat(ada.isMarked()).isTrue();
            ada.forgive("net::ERR_");
        }
    }
}
