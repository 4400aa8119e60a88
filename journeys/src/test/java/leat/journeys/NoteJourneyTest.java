package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A note's whole life at the screen, with a second person beside it. One story in chapters, in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class NoteJourneyTest {
    /** Ben has an organization of his own, too, and its pages come first. */
    private static final String OURS = "?organization=workshop";

    @TempDir
    static Path folder;

    private static Product product;
    private static Api ada;
    private static String note = "";

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(folder);
        Workshop workshop = Workshop.founded(product);
        ada = workshop.ada();
        workshop.joined("workshop", "EDITOR", "ben");
    }

    @AfterAll
    static void end() {
        assertThat(product.errors()).isEmpty();
        product.close();
    }

    private static Tab signedIn(String name) {
        return Workshop.signedIn(product, name);
    }

    private static String body() throws Exception {
        return ada.get("/api/notes" + note).with(200).text("body");
    }

    @Test
    @Order(1)
    void a_note_is_written_beside_its_preview_and_read() {
        try (Tab tab = signedIn("ada")) {
            tab.open("/notes")
                    .sees("No notes yet")
                    .click("Write the first note")
                    .at("/notes/new");
            tab.fill("Title", "Roof").write("# Slates\n\nFirst line\n\nLast line, see [[Builder]].");
            tab.sees(".draft-preview h1", "Slates");
            tab.choose("Who sees it", "Everybody in the organization").choose("Status", "To do");
            tab.click("Create").sees("h1", "Roof");
            note = tab.where();
            assertThat(note).matches("/notes/[0-9A-Z]{13}");
            tab.sees(".prose", "First line").sees("workshop sees it");
        }
    }

    @Test
    @Order(2)
    void two_who_write_at_once_keep_both_texts_without_a_reload() throws Exception {
        try (Tab first = signedIn("ada");
                Tab second = signedIn("ben")) {
            first.open(note + "/edit").mark();
            second.open(note + "/edit").mark();
            live(first);
            live(second);
            first.write("# Slates\n\nFirst line by Ada\n\nLast line, see [[Builder]].");
            second.write("# Slates\n\nFirst line\n\nLast line by Ben, see [[Builder]].");
            for (Tab each : new Tab[] {first, second}) {
                each.await("document.querySelector('leat-editor').value.includes('First line by Ada')");
                each.await("document.querySelector('leat-editor').value.includes('Last line by Ben')");
                each.sees(".draft-preview", "by Ada").sees(".draft-preview", "by Ben");
                assertThat(each.isMarked()).as("the page is the same").isTrue();
            }
            Eventually.holds(
                    "both are saved",
                    () -> body().equals("# Slates\n\nFirst line by Ada\n\nLast line by Ben, see [[Builder]]."));
        }
    }

    @Test
    @Order(3)
    void what_was_written_without_a_connection_meets_what_others_wrote_and_a_person_decides() throws Exception {
        try (Tab tab =
                signedIn("ben").expect(409).forgive("ERR_INTERNET_DISCONNECTED").forgive("htmx:")) {
            tab.open(note + "/edit");
            live(tab);
            String text = body();
            tab.connected(false).write(text.replace("by Ada", "by Ben alone")).sees("No connection.");
            ada.put("/api/notes" + note, Map.of("title", "Roof", "body", text.replace("by Ada", "by a program")))
                    .with(200);
            tab.connected(true).sees("ada wrote here at the same time");
            String both = tab.text("document.querySelector('leat-editor').value");
            assertThat(both).contains("First line by Ben alone", "First line by a program", "Last line by Ben");
            assertThat(body()).as("nothing is saved before a person decides").contains("by a program");
            tab.write(text.replace("by Ada", "by both"));
            Eventually.holds("the choice is saved", () -> body().contains("First line by both"));
        }
    }

    @Test
    @Order(4)
    void a_card_moves_on_the_board_and_on_everybody_elses() {
        try (Tab first = signedIn("ada");
                Tab second = signedIn("ben")) {
            second.open("/notes/board" + OURS)
                    .sees("[data-column=ToDo]", "Roof")
                    .mark();
            first.open("/notes/board").click("Move Roof to Doing").sees("[data-column=Doing]", "Roof");
            first.await("document.activeElement.dataset.way === 'right'");
            second.sees("[data-column=Doing]", "Roof");
            second.evaluate("""
                    (() => {
                      const dataTransfer = new DataTransfer();
                      const column = document.querySelector('[data-column=Review]');
                      const steps = [['dragstart', document.querySelector('[data-card]')], ['dragover', column], ['drop', column]];
                      for (const [name, at] of steps)
                        at.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer }));
                    })()""");
            second.sees("[data-column=Review]", "Roof");
            first.sees("[data-column=Review]", "Roof");
            assertThat(second.isMarked()).as("the page is the same").isTrue();
        }
    }

    @Test
    @Order(5)
    void the_history_slides_and_an_old_version_comes_back() throws Exception {
        try (Tab tab = signedIn("ada")) {
            tab.open(note + "/history").sees("Version 1");
            tab.evaluate("""
                    (() => {
                      const slider = document.querySelector('input[type=range]');
                      slider.value = 1;
                      slider.dispatchEvent(new Event('input', { bubbles: true }));
                    })()""");
            tab.sees("Nothing → 1").click("Bring back version 1").sees("It becomes the newest version.");
            tab.click("Bring back version 1").at(note).sees(".prose", "First line");
            assertThat(body()).isEqualTo("# Slates\n\nFirst line\n\nLast line, see [[Builder]].");
        }
    }

    @Test
    @Order(6)
    void a_note_goes_to_the_trash_and_comes_back_twice() {
        try (Tab tab = signedIn("ada")) {
            tab.open(note).click("Move to trash").at("/notes").sees("The note is in the trash.");
            assertThat(tab.isShowing("Roof")).isFalse();
            tab.click("Undo").at(note).sees(".prose", "First line");
            tab.click("Move to trash").at("/notes");
            tab.open("/notes/trash").sees("Roof").click("Recover").at(note).sees(".prose", "First line");
        }
    }

    @Test
    @Order(7)
    void the_list_is_searched_as_one_types() {
        try (Tab tab = signedIn("ada")) {
            tab.open("/notes").sees("Roof").mark();
            tab.clickOn("[data-search]").type("nothing like it").losesSight("Roof");
            tab.evaluate("document.activeElement.select()");
            tab.type("roo").sees("Roof");
            assertThat(tab.isMarked()).as("the page is the same").isTrue();
            assertThat(tab.where()).contains("q=roo");
        }
    }

    private static void live(Tab tab) {
        tab.await("document.querySelector('leat-live').dataset.state === 'live'");
        tab.await("document.querySelector('leat-editor[data-ready]')");
    }
}
