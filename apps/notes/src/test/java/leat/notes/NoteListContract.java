package leat.notes;

import static leat.notes.Desk.ADA;
import static leat.notes.Desk.BOB;
import static leat.notes.Desk.ORGANIZATION;
import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.port.Engine;
import leat.notes.Content.Access;
import leat.notes.Content.Status;
import leat.notes.Note.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lists promise on every engine. */
abstract class NoteListContract {
    private final Instant soon = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);

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

    private static Content open(String title) {
        return titled(title).with(Access.PUBLIC);
    }

    private static NoteFilter text(String text) {
        return new NoteFilter(
                NoteList.State.KEPT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                text,
                Optional.empty());
    }

    private static NoteFilter filter(Optional<Kind> kind, Optional<Status> status, Optional<String> tag) {
        return new NoteFilter(
                NoteList.State.KEPT,
                kind,
                status,
                tag,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    private List<NoteList.Item> page(NoteList.Order order, Optional<String> behind, int limit) {
        return desk.list(sql -> NoteList.of(sql, ORGANIZATION, ADA, NoteFilter.ALL, order, behind, limit));
    }

    private List<NoteList.TagCount> tags(String person) {
        return desk.list(sql -> NoteList.tags(sql, ORGANIZATION, person));
    }

    private List<NoteVersions.Item> versions(String id, boolean all) {
        return desk.notes.versions().read(sql -> NoteVersions.of(sql, id, all ? 0 : -1, 9, 9));
    }

    @Test
    void a_row_tells_all_but_the_body() {
        Content content = new Content(
                "Roof",
                "Before\n\n  *winter*.",
                Optional.of(soon),
                Optional.of(soon.minusSeconds(9)),
                Optional.of(soon.plusSeconds(9)),
                Optional.of("https://example.org/roofs"),
                Status.TO_DO,
                Access.PUBLIC,
                Optional.of("3a7f2c"),
                List.of("house/roof", "urgent"));
        String id = desk.create(ADA + "/session:s1", content);
        NoteList.Item row = desk.list(sql -> NoteList.find(sql, id)).orElseThrow();
        assertThat(row)
                .isEqualTo(new NoteList.Item(
                        id,
                        new Note.Identity(ORGANIZATION, ADA, row.identity().slug()),
                        NoteList.State.KEPT,
                        1,
                        2,
                        "Roof",
                        "Before winter.",
                        Kind.BOOKMARK,
                        Status.TO_DO,
                        Access.PUBLIC,
                        Optional.of("3a7f2c"),
                        Optional.of("https://example.org/roofs"),
                        Optional.of(soon),
                        Optional.of(soon.minusSeconds(9)),
                        Optional.of(soon.plusSeconds(9)),
                        List.of("house/roof", "urgent"),
                        false,
                        false,
                        Optional.empty(),
                        row.createdAt(),
                        row.changedAt(),
                        ADA,
                        Optional.empty(),
                        false));
        assertThat(row.identity().slug()).endsWith("-Roof");
    }

    @Test
    void a_private_note_is_in_its_authors_lists_only() {
        desk.create(ADA, titled("Mine"));
        desk.create(ADA, open("Ours"));
        assertThat(desk.titles(ADA, NoteFilter.ALL)).containsExactly("Ours", "Mine");
        assertThat(desk.titles(BOB, NoteFilter.ALL)).containsExactly("Ours");
        List<NoteList.Item> elsewhere = desk.list(
                sql -> NoteList.of(sql, "another", ADA, NoteFilter.ALL, NoteList.Order.CHANGED, Optional.empty(), 9));
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void pinned_notes_come_first_then_what_was_written_last() {
        String first = desk.create(ADA, titled("First"));
        desk.create(ADA, titled("Second"));
        desk.tell(ADA, desk.create(ADA, titled("Third")), new Command.Archive());
        desk.tell(ADA, first, new Command.Pin());
        assertThat(desk.titles(ADA, NoteFilter.ALL)).containsExactly("First", "Third", "Second");
        desk.tell(ADA, first, new Command.Unpin());
        assertThat(desk.titles(ADA, NoteFilter.ALL)).containsExactly("Third", "Second", "First");
    }

    @Test
    void the_trash_is_a_list_of_its_own_and_what_is_gone_is_in_none() {
        String id = desk.create(ADA, titled("Old"));
        var until = ((Note.InTrash) desk.tell(ADA, id, new Command.Trash(id)).state()).until();
        assertThat(desk.titles(ADA, NoteFilter.ALL)).isEmpty();
        assertThat(desk.titles(ADA, NoteFilter.TRASH)).containsExactly("Old");
        desk.tell(ADA, id, new Command.Expire(until), until);
        assertThat(desk.titles(ADA, NoteFilter.TRASH)).isEmpty();
        NoteList.Item left = desk.list(sql -> NoteList.find(sql, id)).orElseThrow();
        assertThat(left.title() + left.excerpt() + left.identity().slug()).isEmpty();
        assertThat(versions(id, true)).isEmpty();
    }

    @Test
    void a_list_is_narrowed_by_each_field() {
        desk.create(ADA, Written.tags(open("100% roof!"), List.of("house/roof")));
        desk.create(ADA, Written.due(open("Task").with(Status.DOING), soon));
        desk.create(BOB, Written.tags(open("ÄRGER_1"), List.of("house")));
        assertThat(desk.titles(ADA, text("0% ROOF!"))).containsExactly("100% roof!");
        assertThat(desk.titles(ADA, text("ärger_"))).containsExactly("ÄRGER_1");
        assertThat(desk.titles(ADA, text("_"))).containsExactly("ÄRGER_1");
        Optional<Kind> task = Optional.of(Kind.TASK);
        assertThat(desk.titles(ADA, filter(task, Optional.empty(), Optional.empty())))
                .containsExactly("Task");
        assertThat(desk.titles(ADA, filter(Optional.empty(), Optional.of(Status.DOING), Optional.empty())))
                .containsExactly("Task");
        assertThat(desk.titles(ADA, filter(Optional.empty(), Optional.empty(), Optional.of("house"))))
                .containsExactly("ÄRGER_1", "100% roof!");
        assertThat(desk.titles(ADA, filter(Optional.empty(), Optional.empty(), Optional.of("house/roof"))))
                .containsExactly("100% roof!");
    }

    @Test
    void pages_continue_where_the_last_one_ended() {
        for (int i = 0; i < 7; i++) {
            String id = desk.create(ADA, Written.due(titled("n" + i), soon.plusSeconds(i / 2)));
            if (i % 3 == 0) {
                desk.tell(ADA, id, new Command.Pin());
            }
        }
        for (NoteList.Order order : NoteList.Order.values()) {
            var seen = new ArrayList<NoteList.Item>();
            Optional<String> behind = Optional.empty();
            do {
                List<NoteList.Item> page = page(order, behind, 2);
                seen.addAll(page);
                behind = page.isEmpty() ? Optional.empty() : Optional.of(order.key(page.getLast()));
                behind.ifPresent(key -> assertThat(order.isKey(key)).isTrue());
            } while (behind.isPresent());
            assertThat(seen).hasSize(7).doesNotHaveDuplicates();
            assertThat(seen).isEqualTo(page(order, Optional.empty(), 9));
        }
    }

    @Test
    void a_column_of_the_board_begins_with_what_is_due() {
        desk.create(ADA, open("Any time").with(Status.DOING));
        desk.create(ADA, Written.due(open("Later").with(Status.DOING), soon.plusSeconds(1)));
        String moved = desk.create(ADA, Written.due(open("Soon"), soon));
        desk.tell(BOB, moved, new Command.Move(Status.DOING));
        List<NoteList.Item> column =
                desk.list(sql -> NoteList.column(sql, ORGANIZATION, BOB, Status.DOING, Optional.empty(), 9));
        assertThat(column).extracting(NoteList.Item::title).containsExactly("Soon", "Later", "Any time");
    }

    @Test
    void a_tag_counts_what_is_below_it_and_only_what_one_sees() {
        desk.create(ADA, Written.tags(open("a"), List.of("house/roof", "house/wall")));
        desk.create(ADA, Written.tags(titled("b"), List.of("house")));
        String changed = desk.create(ADA, Written.tags(open("c"), List.of("garden")));
        desk.tell(ADA, changed, new Command.Revise(Written.tags(open("c"), List.of("house"))));
        assertThat(tags(BOB))
                .containsExactly(
                        new NoteList.TagCount("house", 2),
                        new NoteList.TagCount("house/roof", 1),
                        new NoteList.TagCount("house/wall", 1));
        assertThat(tags(ADA)).contains(new NoteList.TagCount("house", 3));
    }

    private List<String> linkingTo(String person, String note) {
        List<NoteList.Item> found = desk.list(sql -> NoteList.linkingTo(sql, ORGANIZATION, person, note, 9));
        return found.stream().map(NoteList.Item::title).toList();
    }

    private Optional<String> leadsTo(String person, String title) {
        Optional<NoteList.Item> found = desk.list(sql -> NoteList.titled(sql, ORGANIZATION, person, title));
        return found.map(NoteList.Item::id);
    }

    @Test
    void links_lead_both_ways_also_after_a_note_was_renamed() {
        String roof = desk.create(ADA, open("The Roof"));
        String source = desk.create(ADA, Written.body(open("Source"), "See [[the  roof]], `[[Wall]]`."));
        desk.create(ADA, Written.body(titled("Mine"), "[[The Roof|it]] [[The Roof]]"));
        assertThat(linkingTo(BOB, roof)).containsExactly("Source");
        assertThat(linkingTo(ADA, roof)).containsExactly("Mine", "Source");
        assertThat(leadsTo(BOB, "THE ROOF")).contains(roof);
        assertThat(leadsTo(ADA, "Wall")).isEmpty();

        desk.tell(ADA, roof, new Command.Revise(open("Tiles")));
        assertThat(leadsTo(BOB, "The Roof")).contains(roof);
        assertThat(linkingTo(BOB, roof)).containsExactly("Source");
        String other = desk.create(ADA, open("the roof"));
        assertThat(leadsTo(BOB, "The Roof")).contains(other);

        desk.tell(ADA, source, new Command.Revise(open("Source")));
        assertThat(linkingTo(BOB, roof)).isEmpty();
        desk.tell(ADA, other, new Command.Trash(other));
        assertThat(leadsTo(BOB, "The Roof")).contains(roof);
    }

    @Test
    void what_a_note_was_called_while_it_was_private_leads_nobody_to_it() {
        String id = desk.create(ADA, titled("Secret plan"));
        assertThat(leadsTo(ADA, "Secret plan")).contains(id);
        assertThat(leadsTo(BOB, "Secret plan")).isEmpty();
        desk.tell(ADA, id, new Command.Revise(open("Plan")));
        assertThat(leadsTo(BOB, "Plan")).contains(id);
        assertThat(leadsTo(BOB, "Secret plan")).isEmpty();
    }

    @Test
    void those_who_wrote_are_known_by_the_notes_that_one_sees() {
        assertThat(desk.<List<String>>list(sql -> NoteList.authors(sql, ORGANIZATION, BOB)))
                .isEmpty();
        desk.create(ADA, titled("Diary"));
        desk.create("user:cleo", open("Roof"));
        desk.create("user:cleo", open("Cellar"));
        assertThat(desk.<List<String>>list(sql -> NoteList.authors(sql, ORGANIZATION, BOB)))
                .containsExactly("user:cleo");
        assertThat(desk.<List<String>>list(sql -> NoteList.authors(sql, ORGANIZATION, ADA)))
                .containsExactly(ADA, "user:cleo");
    }

    @Test
    void an_excerpt_is_short_whatever_the_body() {
        assertThat(NoteRow.excerpt("")).isEmpty();
        assertThat(NoteRow.excerpt("😀".repeat(100_000))).isEqualTo("😀".repeat(NoteList.EXCERPT));
        assertThat(NoteRow.excerpt("a" + "😀".repeat(1_000))).isEqualTo("a" + "😀".repeat(NoteList.EXCERPT - 1));
        assertThat(NoteRow.excerpt(" a \r\n b ")).isEqualTo("a b");
        assertThat(NoteRow.excerpt("# A **plan**")).isEqualTo("A plan");
    }

    @Test
    void versions_tell_who_when_and_what_they_bring_back() {
        Instant then = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String id = desk.create(ADA, titled("One"));
        desk.tell(ADA, id, new Command.Revise(open("Two")), then.plusSeconds(10));
        desk.tell(BOB + "/token:t1", id, new Command.Restore(1, titled("One")), then.plusSeconds(20));
        assertThat(versions(id, true))
                .extracting(NoteVersions.Item::number, NoteVersions.Item::by, NoteVersions.Item::title)
                .containsExactly(tuple(3, BOB, "One"), tuple(2, ADA, "Two"), tuple(1, ADA, "One"));
        NoteVersions.Item third = desk.notes
                .versions()
                .read(sql -> NoteVersions.at(sql, id, then.plusSeconds(20)))
                .orElseThrow();
        assertThat(third.restores()).contains(1);
        assertThat(third.access()).isEqualTo(Access.PUBLIC);
        assertThat(desk.notes.entities().at(id, third.version()))
                .isEqualTo(desk.notes.entities().get(id).state());
        NoteVersions.Item second = desk.notes
                .versions()
                .read(sql -> NoteVersions.at(sql, id, then.plusSeconds(19)))
                .orElseThrow();
        assertThat(second.number()).isEqualTo(2);
    }

    @Test
    void a_version_that_was_private_is_listed_for_its_author_only() {
        String id = desk.create(ADA, titled("Draft"));
        desk.tell(ADA, id, new Command.Revise(open("Done")));
        assertThat(versions(id, false)).extracting(NoteVersions.Item::number).containsExactly(2);
    }
}
