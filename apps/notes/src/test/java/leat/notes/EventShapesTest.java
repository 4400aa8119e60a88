package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import leat.kernel.Wire;
import leat.kernel.Wires;
import org.junit.jupiter.api.Test;

/** Every event shape that was ever released still decodes; shapes are added to the file and never changed in it. */
final class EventShapesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "leat", "notes", "events.txt");

    private static final Content CONTENT = new Content(
            "Mend the roof",
            "Before *winter*.",
            Optional.of(Instant.parse("2026-10-01T08:00:00Z")),
            Optional.of(Instant.parse("2026-09-01T08:00:00Z")),
            Optional.empty(),
            Optional.of("https://example.org/roofs"),
            Content.Status.TO_DO,
            Content.Access.PUBLIC,
            Optional.of("3a7f2c"),
            List.of("house/roof"));

    private static final Comment.Text TEXT = new Comment.Text("Nice", "I *agree*.", Optional.of("3a7f2c"), 5);

    private static final List<Object> EXAMPLES = List.of(
            new Note.Event.Created("0S9T2S4CM0000", "user:0S9T2S4CM0001", "2026-06-01-Mend_the_roof"),
            new Note.Event.Taken(
                    Optional.of(Instant.parse("2019-07-08T19:04:15Z")),
                    Optional.of(Instant.parse("2020-07-08T19:04:15Z"))),
            new Note.Event.Revised(1, CONTENT),
            new Note.Event.Restored(3, 1, CONTENT),
            new Note.Event.Pinned(),
            new Note.Event.Unpinned(),
            new Note.Event.Archived(),
            new Note.Event.Unarchived(),
            new Note.Event.Filed("0S9T2S4CM0004", true),
            new Note.Event.Unfiled(),
            new Note.Event.Shared("user:0S9T2S4CM0005", ShareRole.COMMENTER),
            new Note.Event.Unshared("user:0S9T2S4CM0005"),
            new Note.Event.Trashed(Instant.parse("2026-07-01T12:00:00Z")),
            new Note.Event.Recovered(),
            new Note.Event.Expired(),
            new Note.Event.Disowned("0S9T2S4CM0002"),
            new Comment.Event.WasSaid("0S9T2S4CM0002", Optional.of("0S9T2S4CM0003"), "user:0S9T2S4CM0001", TEXT),
            new Comment.Event.Reworded(TEXT),
            new Comment.Event.WasRemoved(),
            new Comment.Event.Reacted("user:0S9T2S4CM0001", "❤"),
            new Comment.Event.Unreacted("user:0S9T2S4CM0001", "❤"),
            new Tag.Event.WasDefined("0S9T2S4CM0000", "house/roof", "3a7f2c"),
            new Tag.Event.Recolored("ffffff"),
            new Tag.Event.WasRemoved(),
            new SavedSearch.Event.WasSaved("0S9T2S4CM0000", "user:0S9T2S4CM0001", "Roofs", "q=roof"),
            new SavedSearch.Event.Renamed("Slates"),
            new SavedSearch.Event.WasRemoved(),
            new SavedSearch.Event.Recovered(),
            new Follow.Event.Begun("0S9T2S4CM0000", "user:0S9T2S4CM0001", "user:0S9T2S4CM0004"),
            new Follow.Event.WasEnded(),
            new Notebook.Event.WasCreated(
                    "0S9T2S4CM0000",
                    "user:0S9T2S4CM0001",
                    "House",
                    Optional.of("0S9T2S4CM0004"),
                    Optional.of("3a7f2c"),
                    Content.Access.PRIVATE),
            new Notebook.Event.Renamed("Mill"),
            new Notebook.Event.Moved(Optional.of("0S9T2S4CM0004")),
            new Notebook.Event.Recolored(Optional.of("3a7f2c")),
            new Notebook.Event.AccessChanged(Content.Access.PUBLIC),
            new Notebook.Event.Shared("user:0S9T2S4CM0005", ShareRole.EDITOR),
            new Notebook.Event.Unshared("user:0S9T2S4CM0005"),
            new Notebook.Event.WasRemoved(),
            new Notebook.Event.Recovered(),
            new Notebook.Event.HandedOver("Mill"),
            new Attachment.Event.WasAttached(
                    "0S9T2S4CM0002",
                    "0S9T2S4CM0000",
                    "user:0S9T2S4CM0001",
                    new Attachment.File("roof.png", "image/png", 2048, "a".repeat(64), "b".repeat(64))),
            new Attachment.Event.WasRemoved("0S9T2S4CM0002"),
            new Attachment.Event.HandedOver("0S9T2S4CM0002", "roof.png"),
            new PublicLink.Event.WasMade(
                    "0S9T2S4CM0000",
                    new PublicLink.Target(PublicLink.Target.Kind.NOTEBOOK, "0S9T2S4CM0004"),
                    "user:0S9T2S4CM0001",
                    "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
                    Instant.parse("2026-07-01T12:00:00Z")),
            new PublicLink.Event.WasRevoked(),
            new Import.Event.WasBegun("0S9T2S4CM0000", "user:0S9T2S4CM0001", "notes.zip"),
            new Import.Event.PartAdded(new Import.Part("b".repeat(64), 2048)),
            new Import.Event.Started(true),
            new Import.Event.Advanced(new Import.Counts(3, 1, 2, 1, 0, 1)),
            new Import.Event.Finished(
                    new Import.Counts(3, 1, 2, 1, 0, 1), List.of(new Import.LeftOut("roof.gif", "It is empty."))),
            new Import.Event.Failed(new Import.Counts(3, 1, 2, 1, 0, 1), "It is no zip."),
            new Import.Event.Cancelled(),
            new Reminders.Event.WasSet(
                    "0S9T2S4CM0002",
                    "0S9T2S4CM0004",
                    "user:0S9T2S4CM0001",
                    new Reminders.When(Optional.of("2026-06-01T09:00"), "Europe/Berlin", Optional.of("FREQ=WEEKLY"), 0),
                    Instant.parse("2026-06-01T07:00:00Z")),
            new Reminders.Event.Rang(
                    "0S9T2S4CM0004",
                    Instant.parse("2026-06-01T07:00:00Z"),
                    Optional.of(Instant.parse("2026-06-08T07:00:00Z"))),
            new Reminders.Event.Snoozed("0S9T2S4CM0004", Instant.parse("2026-06-01T08:00:00Z")),
            new Reminders.Event.WasDone("0S9T2S4CM0004"),
            new Reminders.Event.WasCancelled("0S9T2S4CM0004"),
            new Reminders.Event.Moved("0S9T2S4CM0004", Optional.empty()),
            new CalendarFeed.Event.WasOpened("00ff"),
            new CalendarFeed.Event.WasClosed());

    private static List<Wire<?>> wires() {
        return Stream.of(
                        Note.TYPE.events(),
                        Comment.TYPE.events(),
                        Tag.TYPE.events(),
                        SavedSearch.TYPE.events(),
                        Follow.TYPE.events(),
                        Notebook.TYPE.events(),
                        Attachment.TYPE.events(),
                        PublicLink.TYPE.events(),
                        Import.TYPE.events(),
                        Reminders.TYPE.events(),
                        CalendarFeed.TYPE.events())
                .map(Wires::all)
                .<Wire<?>>flatMap(List::stream)
                .toList();
    }

    private static String line(Object event) {
        Wire<?> wire = wires().stream()
                .filter(it -> it.type().equals(event.getClass()))
                .findFirst()
                .orElseThrow();
        return wire.name() + " " + wire.schema() + " " + new String(wire.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void every_released_shape_decodes() throws Exception {
        for (String line : Files.readAllLines(GOLDEN)) {
            String[] parts = line.split(" ", 3);
            Wire<?> wire = wires().stream()
                    .filter(it -> it.name().equals(parts[0]))
                    .findFirst()
                    .orElseThrow();
            Object event = wire.decode(Integer.parseInt(parts[1]), parts[2].getBytes(StandardCharsets.UTF_8));
            assertThat(EXAMPLES).contains(event);
        }
    }

    @Test
    void every_shape_of_today_is_in_the_file() throws Exception {
        List<String> golden = Files.readAllLines(GOLDEN);

        assertThat(golden)
                .containsAll(EXAMPLES.stream().map(EventShapesTest::line).toList());
        assertThat(Stream.of(
                                Note.Event.class,
                                Comment.Event.class,
                                Tag.Event.class,
                                SavedSearch.Event.class,
                                Follow.Event.class,
                                Notebook.Event.class,
                                Attachment.Event.class,
                                PublicLink.Event.class,
                                Import.Event.class,
                                Reminders.Event.class,
                                CalendarFeed.Event.class)
                        .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                        .filter(Objects::nonNull)
                        .toList())
                .hasSameSizeAs(EXAMPLES);
    }
}
