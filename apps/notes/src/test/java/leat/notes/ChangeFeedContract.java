package leat.notes;

import static leat.notes.Desk.ADA;
import static leat.notes.Desk.BOB;
import static leat.notes.Desk.ORGANIZATION;
import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import leat.kernel.port.Engine;
import leat.kernel.test.Seed;
import leat.notes.ChangeFeed.Change;
import leat.notes.ChangeFeed.Cursor;
import leat.notes.Content.Access;
import leat.notes.Note.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the change feed promises on every engine. */
abstract class ChangeFeedContract {
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

    private ChangeFeed.Changes after(String person, Cursor cursor, int limit) {
        return desk.list(sql -> ChangeFeed.after(sql, ORGANIZATION, person, cursor, limit));
    }

    private Cursor end() {
        return desk.list(sql -> ChangeFeed.end(sql, ORGANIZATION));
    }

    @Test
    void a_note_is_told_of_once_as_it_stands() {
        String id = desk.create(ADA, titled("One"));
        desk.tell(ADA, id, new Command.Revise(titled("Two")));
        ChangeFeed.Changes all = after(ADA, Cursor.START, 9);
        assertThat(all.items())
                .singleElement()
                .satisfies(it -> assertThat(it.note()).map(NoteList.Item::title).contains("Two"));
        assertThat(all.more()).isFalse();
        assertThat(after(ADA, all.next(), 9).items()).isEmpty();
        assertThat(all.next()).isEqualTo(end());
        desk.tell(ADA, id, new Command.Pin());
        assertThat(after(ADA, all.next(), 9).items())
                .singleElement()
                .extracting(Change::version)
                .isEqualTo(4L);
    }

    @Test
    void what_one_sees_no_more_is_told_of_as_gone() {
        String id = desk.create(ADA, titled("One").with(Access.PUBLIC));
        Cursor known = end();
        desk.tell(ADA, id, new Command.Revise(titled("One")));
        assertThat(after(BOB, known, 9).items()).containsExactly(new Change(id, 3, Optional.empty()));
        assertThat(after(ADA, known, 9).items().getFirst().note()).isPresent();
        Cursor hidden = end();
        desk.tell(ADA, id, new Command.Trash(id));
        assertThat(after(ADA, hidden, 9).items()).containsExactly(new Change(id, 4, Optional.empty()));
        desk.tell(ADA, id, new Command.Recover());
        assertThat(after(ADA, hidden, 9).items().getFirst().note()).isPresent();
    }

    @Test
    void what_one_never_saw_is_not_named() {
        String id = desk.create(ADA, titled("Mine"));
        desk.tell(ADA, id, new Command.Trash(id));
        assertThat(after(BOB, Cursor.START, 9).items()).isEmpty();
        ChangeFeed.Changes elsewhere = desk.list(sql -> ChangeFeed.after(sql, "another", ADA, Cursor.START, 9));
        assertThat(elsewhere.items()).isEmpty();
    }

    @Test
    void a_cursor_travels_as_text_and_nothing_else_is_one() {
        desk.create(ADA, titled("One"));
        assertThat(Cursor.read(end().text())).contains(end());
        for (String other : List.of("", "1", "x", Cursor.START.text() + "A", "ä", "MS4y")) {
            assertThat(Cursor.read(other)).as(other).isEmpty();
        }
    }

    @Test
    void whoever_follows_has_the_same_notes_in_the_end_at_whatever_steps() throws Exception {
        Seed.replayable(5, random -> {
            try (var other = Desk.on(engine())) {
                Map<String, Map<String, String>> copies = new HashMap<>();
                Map<String, Cursor> cursors = new HashMap<>();
                var ids = new ArrayList<String>();
                for (int i = 0; i < 120; i++) {
                    change(other, ids, random, i);
                    String reader = random.nextBoolean() ? ADA : BOB;
                    if (random.nextInt(4) == 0) {
                        follow(other, reader, copies, cursors, 1 + random.nextInt(5), 1);
                    }
                }
                for (String reader : List.of(ADA, BOB)) {
                    follow(other, reader, copies, cursors, 1 + random.nextInt(20), Integer.MAX_VALUE);
                    assertThat(copies.getOrDefault(reader, Map.of()).values())
                            .containsExactlyInAnyOrderElementsOf(other.titles(reader, NoteFilter.ALL));
                }
            }
        });
    }

    private static void change(Desk desk, List<String> ids, Random random, int i) {
        String by = random.nextBoolean() ? ADA : BOB;
        Content content = titled("n" + i).with(random.nextBoolean() ? Access.PUBLIC : Access.PRIVATE);
        if (ids.isEmpty() || random.nextInt(3) == 0) {
            ids.add(desk.create(by, content));
            return;
        }
        String id = ids.get(random.nextInt(ids.size()));
        boolean trashed = desk.notes.entities().get(id).state() instanceof Note.InTrash;
        String author = desk.list(sql -> NoteList.find(sql, id))
                .orElseThrow()
                .identity()
                .author();
        desk.tell(
                author,
                id,
                trashed
                        ? new Command.Recover()
                        : random.nextInt(3) == 0 ? new Command.Trash(id) : new Command.Revise(content));
    }

    private static void follow(
            Desk desk,
            String reader,
            Map<String, Map<String, String>> copies,
            Map<String, Cursor> cursors,
            int limit,
            int pages) {
        Map<String, String> copy = copies.computeIfAbsent(reader, any -> new HashMap<>());
        for (int i = 0; i < pages; i++) {
            Cursor cursor = cursors.getOrDefault(reader, Cursor.START);
            ChangeFeed.Changes changes = desk.list(sql -> ChangeFeed.after(sql, ORGANIZATION, reader, cursor, limit));
            var told = new HashSet<String>();
            for (Change change : changes.items()) {
                assertThat(told.add(change.id())).isTrue();
                change.note().ifPresentOrElse(it -> copy.put(change.id(), it.title()), () -> copy.remove(change.id()));
            }
            cursors.put(reader, changes.next());
            if (!changes.more()) {
                return;
            }
        }
    }
}
