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

    @Test
    @Order(8)
    void a_shared_note_is_written_by_two_who_see_each_other_until_it_is_shared_no_more() {
        try (Tab first = signedIn("ada");
                Tab second = signedIn("ben").expect(404)) {
            first.open("/notes/new").fill("Title", "Cellar").write("First line");
            first.click("Create").sees("h1", "Cellar").sees("only ada sees it");
            String cellar = first.where();
            second.open(cellar).sees(".problem-status", "404");
            first.click("Share").at(cellar + "/sharing").sees("It is shared with nobody yet.");
            first.choose("Share with", "ben (ben)").choose("As", "Editor: also writes, and sees all versions");
            first.click("Share").losesSight("It is shared with nobody yet.").sees("Editor");

            second.open(cellar).sees(".prose", "First line").mark();
            first.open(cellar).sees(".presences", "ben is here");
            first.open(cellar + "/edit");
            live(first);
            second.sees(".presences", "ada is writing");
            first.write("First line by Ada");
            second.sees(".prose", "First line by Ada").sees(".live-state", "Connected");
            assertThat(second.isMarked()).as("the page is the same").isTrue();
            second.open(cellar + "/edit");
            live(second);
            first.sees(".presences", "ben is writing");
            second.write("First line by Ada\n\nLast line by Ben");
            first.await("document.querySelector('leat-editor').value.includes('Last line by Ben')");

            second.open(cellar).sees(".prose", "Last line by Ben");
            first.open(cellar + "/sharing").click("Remove").sees("It is shared with nobody yet.");
            second.sees("You see this note no more")
                    .losesSight("Last line by Ben")
                    .losesSight("Comments");
            second.open(cellar).sees(".problem-status", "404");
        }
    }

    @Test
    @Order(9)
    void a_picture_is_pasted_and_another_is_dropped_into_the_text() throws Exception {
        try (Tab tab = signedIn("ada")) {
            tab.open(note + "/edit");
            live(tab);
            tab.evaluate("document.querySelector('leat-editor').focus()");
            tab.evaluate(picture("paste", "clipboardData", "tile.png", "teal"));
            tab.sees("[data-attach-state]", "tile.png is attached.");
            tab.await("document.querySelector('leat-editor').value.includes('![tile.png](attachment:tile.png)')");
            tab.evaluate(picture("drop", "dataTransfer", "slate.png", "maroon"));
            tab.sees("[data-attach-state]", "slate.png is attached.");
            tab.await(
                    "[...document.querySelectorAll('.draft-preview img')].filter(it => it.naturalWidth === 8).length === 2");
            tab.click("Save and close").at(note);
            tab.await("[...document.querySelectorAll('.prose img')].filter(it => it.naturalWidth === 8).length === 2");
            tab.sees("#files", "tile.png").sees("#files", "slate.png");
            assertThat(body()).contains("(attachment:tile.png)").contains("(attachment:slate.png)");
        }
    }

    /** Brings a picture of 8 by 8 points to the editor, as a browser does. */
    private static String picture(String event, String data, String name, String color) {
        return """
                (async () => {
                  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
                  const context = canvas.getContext('2d');
                  context.fillStyle = '%s';
                  context.fillRect(0, 0, 8, 8);
                  const bytes = await new Promise(done => canvas.toBlob(done, 'image/png'));
                  const carried = new DataTransfer();
                  carried.items.add(new File([bytes], '%s', { type: 'image/png' }));
                  const Kind = '%s' === 'paste' ? ClipboardEvent : DragEvent;
                  const happening = new Kind('%s', { bubbles: true, cancelable: true, composed: true, %s: carried });
                  document.querySelector('leat-editor').dispatchEvent(happening);
                })()""".formatted(color, name, event, event, data);
    }

    @Test
    @Order(10)
    void a_public_link_shows_the_note_to_strangers_until_it_is_revoked() {
        try (Tab author = signedIn("ada");
                Tab stranger = Browser.shared().person(product.url()).expect(404)) {
            author.open(note + "/sharing").click("Make a public link").sees("The link is made");
            String address = author.textOf(".secret code");
            stranger.open(address).sees("h1", "Roof").sees(".prose", "First line");
            stranger.await(
                    "[...document.querySelectorAll('.prose img')].filter(it => it.naturalWidth === 8).length === 2");
            assertThat(stranger.isShowing("ada")).isFalse();
            author.click("Revoke").click("Revoke").losesSight("expires");
            stranger.open(address).sees(".problem-status", "404");
        }
    }

    @Test
    @Order(11)
    void days_and_times_are_those_of_where_one_is() throws Exception {
        try (Tab tab = signedIn("ada").zone("Asia/Tokyo")) {
            tab.open("/notes").open("/notes/new").fill("Title", "Chimney");
            tab.sees("Due, in Asia/Tokyo");
            tab.evaluate("document.querySelector('[name=due]').value = '2999-02-04T01:30'");
            tab.click("Create").sees("h1", "Chimney");
            String due = ada.get("/api/notes" + tab.where()).with(200).text("due");
            assertThat(due).isEqualTo("2999-02-03T16:30:00Z");
            tab.open("/notes/calendar?month=2999-02").sees("When notes are due, in Asia/Tokyo.");
            tab.sees("td:has([datetime='2999-02-04'])", "01:30 Chimney");
        }
    }

    @Test
    @Order(12)
    void what_can_be_saved_there_no_more_becomes_a_note_of_ones_own() {
        try (Tab first = signedIn("ada");
                Tab second = signedIn("ben").expect(404)) {
            String gutter = takenAway(first, second, "Gutter", "Of copper");
            second.click("Keep it as a note of my own").at("/notes/new");
            second.await("document.querySelector('[name=title]').value === 'Gutter (kept)'");
            second.await("document.querySelector('leat-editor').value === 'Of copper, says Ben'");
            second.click("Create").sees("h1", "Gutter (kept)").sees(".prose", "Of copper, says Ben");
            assertThat(second.where()).isNotEqualTo(gutter);
            first.open(gutter).sees(".prose", "Of copper");
            assertThat(first.isShowing("says Ben")).isFalse();

            takenAway(first, second, "Cornice", "Of stone");
            second.open("/notes").sees("leat-kept", "Cornice");
            second.sees("leat-kept", "This note is not yours to write any more.");
            second.click("Keep it as a note of my own").at("/notes/new");
            second.await("document.querySelector('[name=title]').value === 'Cornice (kept)'");
            second.await("document.querySelector('leat-editor').value === 'Of stone, says Ben'");
            second.click("Create").sees("h1", "Cornice (kept)");
            second.open("/notes").await("document.querySelector('leat-kept').hidden");

            first.open("/notes/new").fill("Title", "Begun");
            first.evaluate(
                    "localStorage.setItem('leat.note.somebody.new.workshop', '{\"fields\": {\"title\": \"Hers\"}}')");
            first.open("/notes").sees("leat-kept", "Begun").sees("leat-kept", "A new note");
            assertThat(first.isShowing("Hers")).isFalse();
            first.click("Begun").at("/notes/new").await("document.querySelector('[name=title]').value === 'Begun'");
            first.open("/notes").click("Discard").click("Discard it for good");
            first.await("document.querySelector('leat-kept').hidden");
            first.open("/notes/new").await("document.querySelector('leat-editor[data-ready]')");
            first.await("document.querySelector('[name=title]').value === ''");
        }
    }

    /** The first shares a note, and takes it back while the second writes it; gives back where it is. */
    private static String takenAway(Tab first, Tab second, String title, String text) {
        first.open("/notes/new").fill("Title", title).write(text);
        first.click("Create").sees("h1", title);
        String note = first.where();
        first.click("Share").choose("Share with", "ben (ben)");
        first.choose("As", "Editor: also writes, and sees all versions")
                .click("Share")
                .sees("Remove");
        second.open(note + "/edit");
        live(second);
        first.click("Remove").sees("It is shared with nobody yet.");
        second.write(text + ", says Ben").sees("This note is not yours to write any more.");
        return note;
    }

    private static void live(Tab tab) {
        tab.await("document.querySelector('leat-live').dataset.state === 'live'");
        tab.await("document.querySelector('leat-editor[data-ready]')");
    }
}
