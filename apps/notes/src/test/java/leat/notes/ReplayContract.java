package leat.notes;

import static leat.notes.Desk.ADA;
import static leat.notes.Desk.BOB;
import static leat.notes.Desk.ORGANIZATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import leat.kernel.RefusedException;
import leat.kernel.port.Engine;
import leat.kernel.test.Seed;
import leat.notes.Content.Access;
import leat.notes.Content.Status;
import leat.notes.Note.Command;
import org.junit.jupiter.api.Test;

/** Whatever is accepted applies: after any commands with any texts, lists say what the notes themselves say. */
abstract class ReplayContract {
    private static final List<String> TEXTS = List.of(
            "Roof",
            "roof",
            "<script>alert(1)</script>",
            "%_!'\";--",
            "😀",
            "e\u0301",
            "ﷺ",
            "[[Roof]] [[<b>]]",
            "a\u0001b",
            "ä".repeat(255),
            "😀".repeat(255),
            "😀".repeat(256),
            "",
            "\0",
            "\ud83d",
            "x".repeat(100_000));

    abstract Engine engine();

    @Test
    void lists_say_what_the_notes_say_after_any_commands() throws Exception {
        Seed.replayable(3, random -> {
            try (var desk = Desk.on(engine())) {
                var ids = new ArrayList<String>();
                for (int i = 0; i < 80; i++) {
                    String id = ids.isEmpty() || random.nextInt(4) == 0
                            ? desk.ids.next()
                            : ids.get(random.nextInt(ids.size()));
                    String by = random.nextBoolean() ? ADA : BOB + "/session:s1";
                    try {
                        desk.tell(by, id, command(desk, random, id, ids.contains(id)));
                        ids.add(id);
                    } catch (RefusedException _) {
                        // What is refused leaves nothing, which the lists will show.
                    }
                }
                ids.forEach(id -> agrees(desk, id));
                long rows = desk.list(sql -> sql.number("select count(*) from note"));
                long parked = desk.list(sql -> sql.number("select count(*) from leat_parked"));
                assertThat(rows).isEqualTo(ids.stream().distinct().count());
                assertThat(parked).isZero();
            }
        });
    }

    private static Command command(Desk desk, Random random, String id, boolean exists) {
        if (!exists) {
            return new Command.Create(ORGANIZATION, content(random));
        }
        return switch (random.nextInt(8)) {
            case 0 -> new Command.Pin();
            case 1 -> new Command.Archive();
            case 2 -> new Command.Trash(id);
            case 3 -> new Command.Recover();
            case 4 -> new Command.Move(pick(random, List.of(Status.values())));
            case 5 -> new Command.Restore(1, first(desk, id));
            default -> new Command.Revise(content(random));
        };
    }

    private static Content first(Desk desk, String id) {
        return desk.notes.entities().at(id, 2) instanceof Note.Kept kept ? kept.content() : Note.NOTHING;
    }

    private static Content content(Random random) {
        return new Content(
                pick(random, TEXTS),
                pick(random, TEXTS),
                time(random),
                time(random),
                time(random),
                random.nextBoolean() ? Optional.of("https://example.org/" + random.nextInt(9)) : Optional.empty(),
                pick(random, List.of(Status.values())),
                pick(random, List.of(Access.values())),
                random.nextBoolean() ? Optional.of("3a7f2c") : Optional.empty(),
                random.nextBoolean() ? List.of("a/b", "ä") : List.of());
    }

    private static Optional<Instant> time(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Optional.of(Content.END_OF_TIME.minusMillis(1 + random.nextInt(9)));
            case 1 ->
                Optional.of(Instant.now().plusSeconds(random.nextInt(99_999)).plusNanos(random.nextInt(999)));
            default -> Optional.empty();
        };
    }

    /** One of the odd texts, accepted or not. */
    static String text(Random random) {
        return pick(random, TEXTS);
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Lists and versions say what the note says. */
    static void agrees(Desk desk, String id) {
        NoteList.Item row = desk.list(sql -> NoteList.find(sql, id)).orElseThrow();
        var answer = desk.notes.entities().get(id);
        Note.Kept note = switch (answer.state()) {
            case Note.Kept kept -> kept;
            case Note.InTrash(Note.Kept kept, Instant _) -> kept;
            case Note.Absent _, Note.Removed _ -> throw new AssertionError("it was created and not removed");
        };
        Content content = note.content();
        assertThat(row)
                .isEqualTo(new NoteList.Item(
                        id,
                        note.identity(),
                        answer.state() instanceof Note.InTrash ? NoteList.State.TRASH : NoteList.State.KEPT,
                        note.version(),
                        answer.version(),
                        content.title(),
                        NoteRow.excerpt(content.body()),
                        content.kind(),
                        content.status(),
                        content.access(),
                        content.color(),
                        content.url(),
                        content.due(),
                        content.start(),
                        content.end(),
                        content.tags(),
                        note.pinned(),
                        note.archived(),
                        row.trashUntil(),
                        row.createdAt(),
                        row.changedAt(),
                        row.changedBy(),
                        Optional.empty(),
                        false));
        List<NoteVersions.Item> versions = desk.notes.versions().read(sql -> NoteVersions.of(sql, id, 0, 1_000, 1_000));
        assertThat(versions).hasSize(note.version());
    }
}
