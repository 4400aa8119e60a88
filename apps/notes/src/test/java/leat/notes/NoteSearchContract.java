package leat.notes;

import static leat.notes.Desk.ADA;
import static leat.notes.Desk.BOB;
import static leat.notes.Desk.ORGANIZATION;
import static leat.notes.Written.body;
import static leat.notes.Written.tags;
import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import leat.kernel.port.Engine;
import leat.notes.Content.Access;
import leat.notes.Note.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What search promises on every engine. */
abstract class NoteSearchContract {
    @SuppressWarnings("NullAway.Init") // set before each test
    private Desk desk;

    abstract Engine engine();

    @BeforeEach
    void open() {
        desk = Desk.on(engine());
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static Content note(String title, String text) {
        return body(titled(title), text).with(Access.PUBLIC);
    }

    private List<String> find(String person, NoteFilter filter, String text, int skip, int limit) {
        List<NoteSearch.Match> found = desk.list(sql -> NoteSearch.in(sql.dialect())
                .find(sql, ORGANIZATION, person, filter, SearchQuery.of(text), skip, limit));
        return found.stream().map(it -> it.item().title()).toList();
    }

    private List<String> find(String text) {
        return find(BOB, NoteFilter.ALL, text, 0, 99);
    }

    @Test
    void all_words_must_be_there_wherever_they_stand() {
        desk.create(ADA, tags(note("Roof", "Slate, before winter."), List.of("house/north")));
        desk.create(ADA, note("Wall", "Slate too."));
        assertThat(find("slate roof")).containsExactly("Roof");
        assertThat(find("NORTH slate")).containsExactly("Roof");
        assertThat(find("slate")).containsExactlyInAnyOrder("Roof", "Wall");
        assertThat(find("slate moss")).isEmpty();
    }

    @Test
    void the_last_word_may_be_the_beginning_of_one_and_others_not() {
        desk.create(ADA, note("Roof", "Slate before winter"));
        assertThat(find("slate win")).containsExactly("Roof");
        assertThat(find("win slate")).isEmpty();
        assertThat(find("\"win\"")).isEmpty();
        assertThat(find("before win")).containsExactly("Roof");
    }

    @Test
    void a_phrase_stands_as_it_was_typed_and_never_across_title_and_text() {
        desk.create(ADA, note("One", "the slate tiles"));
        desk.create(ADA, note("Two slate", "tiles of slate"));
        assertThat(find("\"slate tiles\"")).containsExactly("One");
        assertThat(find("slate-til")).containsExactly("One");
    }

    @Test
    void what_stands_behind_a_minus_must_not_be_there() {
        desk.create(ADA, note("One", "slate and moss"));
        desk.create(ADA, note("Two", "slate"));
        assertThat(find("slate -moss")).containsExactly("Two");
        assertThat(find("slate -\"slate and\"")).containsExactly("Two");
    }

    @Test
    void case_and_accents_do_not_matter_and_no_sign_is_in_the_way() {
        desk.create(ADA, note("Ärger mit Öl", "https://example.org/crème_brûlée?x=1e5 O'Neill v1.2.3 東京タワー"));
        for (String text : List.of(
                "arger", "ÖL", "creme", "CRÈME BRU", "example", "org", "1e5", "o'neill", "v1.2.3", "neill v1", "東京")) {
            assertThat(find(text)).as(text).containsExactly("Ärger mit Öl");
        }
    }

    @Test
    void nothing_that_is_typed_breaks_it() {
        desk.create(ADA, note("Plain", "and or not near"));
        for (String text : List.of(
                "AND",
                "or NOT",
                "near(",
                "\"",
                "*",
                "-",
                "a:b",
                "' | !",
                "(plain",
                "pl'ai",
                "^x",
                "\\",
                "%",
                "x".repeat(500))) {
            SearchQuery query = SearchQuery.of(text);
            if (!query.isEmpty()) {
                find(text);
            }
        }
        assertThat(find("AND near(")).containsExactly("Plain");
        assertThat(find("(plain)")).containsExactly("Plain");
    }

    @Test
    void a_title_counts_more_than_a_tag_and_a_tag_more_than_the_text() {
        desk.create(ADA, note("One", "about roofs and a slate in a text of some length"));
        desk.create(ADA, tags(note("Two", "about roofs and other things in a text of some length"), List.of("slate")));
        desk.create(ADA, note("Slate", "about roofs and other things in a text of some length"));
        desk.create(ADA, note("Other", "about roofs and other things in a text of some length"));
        assertThat(find("slate")).containsExactly("Slate", "Two", "One");
    }

    @Test
    void only_what_one_sees_is_found() {
        String id = desk.create(ADA, body(titled("Mine"), "slate"));
        assertThat(find("slate")).isEmpty();
        assertThat(find(ADA, NoteFilter.ALL, "slate", 0, 9)).containsExactly("Mine");
        List<NoteSearch.Match> elsewhere = desk.list(sql ->
                NoteSearch.in(sql.dialect()).find(sql, "another", ADA, NoteFilter.ALL, SearchQuery.of("slate"), 0, 9));
        assertThat(elsewhere).isEmpty();
        desk.tell(ADA, id, new Command.Revise(note("Ours", "slate")));
        assertThat(find("slate")).containsExactly("Ours");
        desk.tell(ADA, id, new Command.Trash(id));
        assertThat(find("slate")).isEmpty();
        assertThat(find(BOB, NoteFilter.TRASH, "slate", 0, 9)).containsExactly("Ours");
    }

    @Test
    void what_was_rewritten_or_removed_is_found_no_more() {
        String id = desk.create(ADA, note("One", "slate"));
        desk.tell(ADA, id, new Command.Revise(note("One", "tiles")));
        assertThat(find("slate")).isEmpty();
        assertThat(find("tiles")).containsExactly("One");
        var until = ((Note.InTrash) desk.tell(ADA, id, new Command.Trash(id)).state()).until();
        desk.tell(ADA, id, new Command.Expire(until), until);
        assertThat(find(ADA, NoteFilter.TRASH, "tiles", 0, 9)).isEmpty();
    }

    @Test
    void what_is_found_is_narrowed_and_comes_in_pages() {
        for (int i = 0; i < 5; i++) {
            desk.create(ADA, tags(note("n" + i, "slate"), List.of(i % 2 == 0 ? "even" : "odd")));
        }
        var odd = new NoteFilter(
                NoteList.State.KEPT,
                Optional.of(Kind.NOTE),
                Optional.of(Content.Status.NEW),
                Optional.of("odd"),
                Optional.of(ADA),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.of(false));
        assertThat(find(BOB, odd, "slate", 0, 9)).containsExactlyInAnyOrder("n1", "n3");
        assertThat(find(BOB, NoteFilter.ALL, "slate", 0, 3)).containsExactly("n4", "n3", "n2");
        assertThat(find(BOB, NoteFilter.ALL, "slate", 3, 3)).containsExactly("n1", "n0");
    }

    @Test
    void the_longest_texts_are_taken_in() {
        var many = new StringBuilder();
        for (int i = 0; many.length() < 99_000; i++) {
            many.append(Integer.toString(i, 36)).append(' ');
        }
        desk.create(ADA, note("Many words", many + " last"));
        desk.create(ADA, note("😀".repeat(255), "ﷺ".repeat(100_000)));
        desk.create(ADA, note("One word", "ä".repeat(100_000)));
        desk.create(ADA, note("No word", "\u0001'\\\"--;"));
        assertThat(find("last")).containsExactly("Many words");
        assertThat(find("many")).containsExactly("Many words");
        assertThat(find("a".repeat(64))).containsExactly("One word");
    }

    @Test
    void of_more_that_fit_than_are_ranked_those_are_found_that_were_created_last() {
        desk.create(ADA, note("Slate", "the best, but the oldest"));
        desk.create(
                ADA,
                IntStream.rangeClosed(1, NoteSearch.RANKED)
                        .mapToObj(i ->
                                note("Roof " + i, i == NoteSearch.RANKED / 2 ? "slate slate slate" : "slate, moss"))
                        .toList());
        assertThat(find(BOB, NoteFilter.ALL, "slate", 0, NoteSearch.RANKED + 9))
                .hasSize(NoteSearch.RANKED)
                .doesNotContain("Slate")
                .startsWith("Roof " + NoteSearch.RANKED / 2);
        assertThat(find("slate oldest")).containsExactly("Slate");
    }

    @Test
    void one_letter_is_a_word_and_not_the_beginning_of_one() {
        desk.create(ADA, note("Roof", "plan B before winter"));
        assertThat(find("b")).containsExactly("Roof");
        assertThat(find("w")).isEmpty();
        assertThat(find("wi")).containsExactly("Roof");
    }
}
