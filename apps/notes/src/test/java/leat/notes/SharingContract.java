package leat.notes;

import static leat.notes.Desk.ORGANIZATION;
import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import leat.kernel.Envelope;
import leat.kernel.Reader;
import leat.kernel.port.Engine;
import leat.kernel.test.Seed;
import leat.notes.Content.Access;
import leat.web.Role;
import org.junit.jupiter.api.Test;

/** Who sees what after any history of sharing, against a model that knows nothing but who was told what. */
abstract class SharingContract {
    private static final List<String> PEOPLE = List.of("user:ada", "user:bob", "user:eve", "user:dan");

    abstract Engine engine();

    @Test
    void lists_rights_and_the_change_feed_agree_with_a_simple_model_after_any_history() throws Exception {
        Seed.replayable(3, random -> {
            try (var desk = Desk.on(engine())) {
                var run = new Run(desk, random);
                for (int i = 0; i < 120; i++) {
                    run.step(i);
                    run.remember();
                    if (random.nextInt(3) == 0) {
                        run.follow(pick(random, PEOPLE), 1 + random.nextInt(4), 1);
                    }
                    if (i % 4 == 0) {
                        run.check();
                    }
                }
                run.check();
                PEOPLE.forEach(run::hasAll);
                long parked = desk.list(sql -> sql.number("select count(*) from leat_parked"));
                assertThat(parked).isZero();
            }
        });
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** What was said of a notebook or a note. */
    private static final class Thing {
        final String id;
        final String author;
        final Map<String, ShareRole> shares = new HashMap<>();
        boolean open;
        boolean away;
        String within = "";
        boolean byAuthor;

        Thing(String id, String author) {
            this.id = id;
            this.author = author;
        }
    }

    private static final class Run {
        private final Desk desk;
        private final Random random;
        private final Map<String, Thing> notebooks = new HashMap<>();
        private final Map<String, Thing> notes = new HashMap<>();
        private final List<String> notebookIds = new ArrayList<>();
        private final List<String> noteIds = new ArrayList<>();
        private final Map<String, Set<String>> everSeen = new HashMap<>();
        private final Map<String, Set<String>> copies = new HashMap<>();
        private final Map<String, ChangeFeed.Cursor> cursors = new HashMap<>();

        Run(Desk desk, Random random) {
            this.desk = desk;
            this.random = random;
        }

        // --- what happens ----------------------------------------------------------------------------------------

        void step(int i) {
            if (notebooks.size() < 2 || random.nextInt(12) == 0) {
                createNotebook(i);
            } else if (notes.size() < 3 || random.nextInt(8) == 0) {
                createNote(i);
            } else if (random.nextInt(2) == 0) {
                changeNotebook();
            } else {
                changeNote();
            }
        }

        private void createNotebook(int i) {
            var it = new Thing(desk.ids.next(), pick(random, PEOPLE));
            it.within = notebookIds.isEmpty() || random.nextBoolean() ? "" : pick(random, notebookIds);
            var draft = new Notebook.Draft(
                    "b" + i, Optional.of(it.within).filter(id -> !id.isEmpty()), Optional.empty(), Access.PRIVATE);
            tell(it.author, it.id, new Notebook.Command.Create(ORGANIZATION, draft));
            notebooks.put(it.id, it);
            notebookIds.add(it.id);
        }

        private void createNote(int i) {
            String author = pick(random, PEOPLE);
            boolean open = random.nextInt(4) == 0;
            String id = desk.create(author, titled("n" + i).with(open ? Access.PUBLIC : Access.PRIVATE));
            var it = new Thing(id, author);
            it.open = open;
            notes.put(id, it);
            noteIds.add(id);
        }

        private void changeNotebook() {
            Thing it = notebook(pick(random, notebookIds));
            String person = pick(random, PEOPLE);
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (!it.away) {
                        String to = random.nextInt(3) == 0 ? "" : pick(random, notebookIds);
                        if (!way(to).contains(it.id)) {
                            it.within = to;
                            Notebook.Kept now = (Notebook.Kept)
                                    desk.notes.notebooks().entities().get(it.id).state();
                            tell(
                                    it.author,
                                    it.id,
                                    new Notebook.Command.Change(new Notebook.Draft(
                                            now.name(),
                                            Optional.of(to).filter(id -> !id.isEmpty()),
                                            now.color(),
                                            now.access())));
                        }
                    }
                }
                case 1 -> {
                    it.away = !it.away;
                    tell(it.author, it.id, it.away ? new Notebook.Command.Remove() : new Notebook.Command.Recover());
                }
                case 2 -> {
                    if (!it.away) {
                        it.shares.remove(person);
                        tell(it.author, it.id, new Notebook.Command.Unshare(person));
                    }
                }
                default -> {
                    if (!it.away && !person.equals(it.author)) {
                        ShareRole role = pick(random, List.of(ShareRole.values()));
                        it.shares.put(person, role);
                        tell(it.author, it.id, new Notebook.Command.Share(person, role));
                    }
                }
            }
        }

        private void changeNote() {
            Thing it = Objects.requireNonNull(notes.get(pick(random, noteIds)));
            String person = pick(random, PEOPLE);
            if (it.away) {
                it.away = false;
                desk.tell(it.author, it.id, new Note.Command.Recover());
                return;
            }
            switch (random.nextInt(8)) {
                case 0 -> {
                    it.away = true;
                    desk.tell(it.author, it.id, new Note.Command.Trash(it.id));
                }
                case 1 -> {
                    it.open = !it.open;
                    Note.Kept now = (Note.Kept) desk.notes.entities().get(it.id).state();
                    desk.tell(
                            it.author,
                            it.id,
                            new Note.Command.Revise(now.content().with(it.open ? Access.PUBLIC : Access.PRIVATE)));
                }
                case 2 -> {
                    it.shares.remove(person);
                    desk.tell(it.author, it.id, new Note.Command.Unshare(person));
                }
                case 3 -> {
                    if (!person.equals(it.author)) {
                        ShareRole role = pick(random, List.of(ShareRole.values()));
                        it.shares.put(person, role);
                        desk.tell(it.author, it.id, new Note.Command.Share(person, role));
                    }
                }
                case 4 -> {
                    it.within = "";
                    desk.tell(it.author, it.id, new Note.Command.File(Optional.empty()));
                }
                default -> {
                    String by = it.open ? person : it.author;
                    it.within = pick(random, notebookIds);
                    it.byAuthor = by.equals(it.author);
                    desk.tell(by, it.id, new Note.Command.File(Optional.of(it.within)));
                }
            }
        }

        private void tell(String by, String id, Notebook.Command command) {
            var envelope = new Envelope(desk.ids.nextCommand(), "request-1", by, Instant.now());
            var answer = desk.notes.notebooks().entities().tell(id, command, envelope);
            assertThat(desk.notes.list().await(answer.position(), Reader.PATIENCE))
                    .isTrue();
        }

        // --- the model -------------------------------------------------------------------------------------------

        private Thing notebook(String id) {
            return Objects.requireNonNull(notebooks.get(id));
        }

        private List<String> way(String notebook) {
            var way = new ArrayList<String>();
            for (String id = notebook; !id.isEmpty(); id = notebook(id).within) {
                way.add(id);
            }
            return way;
        }

        private Optional<ShareRole> inherited(Thing note, String person) {
            if (note.within.isEmpty() || !note.byAuthor) {
                return Optional.empty();
            }
            List<String> way = way(note.within);
            int from = 0;
            for (int i = 0; i < way.size(); i++) {
                from = notebook(way.get(i)).away ? i + 1 : from;
            }
            return way.subList(from, way.size()).stream()
                    .map(this::notebook)
                    .flatMap(it -> it.author.equals(person)
                            ? Stream.of(ShareRole.EDITOR)
                            : Optional.ofNullable(it.shares.get(person)).stream())
                    .max(ShareRole::compareTo);
        }

        private Optional<Right> right(Thing note, String person) {
            if (note.author.equals(person)) {
                return Optional.of(Right.SHARE);
            }
            Optional<Right> shared = Stream.concat(
                            Optional.ofNullable(note.shares.get(person)).stream(), inherited(note, person).stream())
                    .max(ShareRole::compareTo)
                    .map(ShareRole::right);
            return note.open ? Optional.of(shared.orElse(Right.READ)) : shared;
        }

        private List<String> seen(String person) {
            return notes.values().stream()
                    .filter(it -> !it.away && right(it, person).isPresent())
                    .map(it -> it.id)
                    .toList();
        }

        // --- what is claimed -------------------------------------------------------------------------------------

        void remember() {
            PEOPLE.forEach(person -> everSeen.computeIfAbsent(person, any -> new HashSet<>())
                    .addAll(notes.values().stream()
                            .filter(it -> right(it, person).isPresent())
                            .map(it -> it.id)
                            .toList()));
        }

        void check() {
            for (String person : PEOPLE) {
                assertThat(listed(person, NoteFilter.ALL))
                        .as("the list of %s", person)
                        .containsExactlyInAnyOrderElementsOf(seen(person));
                for (Thing it : notes.values()) {
                    assertThat(decided(it, person))
                            .as("%s of %s", it.id, person)
                            .isEqualTo(right(it, person));
                }
            }
        }

        private List<String> listed(String person, NoteFilter filter) {
            return desk
                    .list(sql -> NoteList.of(
                            sql, ORGANIZATION, person, filter, NoteList.Order.CHANGED, Optional.empty(), 1_000))
                    .stream()
                    .map(NoteList.Item::id)
                    .toList();
        }

        private Optional<Right> decided(Thing it, String person) {
            Note.Kept note = switch (desk.notes.entities().get(it.id).state()) {
                case Note.Kept kept -> kept;
                case Note.InTrash(Note.Kept kept, Instant _) -> kept;
                case Note.Absent _, Note.Removed _ -> throw new AssertionError("it was created and not removed");
            };
            Optional<ShareRole> inherited =
                    note.filing().flatMap(where -> desk.notes.notebooks().roleIn(where.notebook(), person));
            return Visibility.right(person, Role.VIEWER, note, inherited);
        }

        void follow(String person, int limit, int pages) {
            Set<String> copy = copies.computeIfAbsent(person, any -> new HashSet<>());
            for (int i = 0; i < pages; i++) {
                ChangeFeed.Cursor cursor = cursors.getOrDefault(person, ChangeFeed.Cursor.START);
                ChangeFeed.Changes changes =
                        desk.list(sql -> ChangeFeed.after(sql, ORGANIZATION, person, cursor, limit));
                for (ChangeFeed.Change change : changes.items()) {
                    assertThat(everSeen.getOrDefault(person, Set.of()))
                            .as("what %s ever saw", person)
                            .contains(change.id());
                    if (change.note().isPresent()) {
                        copy.add(change.id());
                    } else {
                        copy.remove(change.id());
                    }
                }
                cursors.put(person, changes.next());
                if (!changes.more()) {
                    return;
                }
            }
        }

        void hasAll(String person) {
            follow(person, 1 + random.nextInt(9), Integer.MAX_VALUE);
            assertThat(copies.get(person))
                    .as("the copy of %s", person)
                    .containsExactlyInAnyOrderElementsOf(seen(person));
        }
    }
}
