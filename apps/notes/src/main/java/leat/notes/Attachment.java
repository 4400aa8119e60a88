package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;

import java.time.Duration;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Subject;
import leat.kernel.Wire;
import leat.notes.files.FileName;

/**
 * A file that belongs to a note: its name and where its bytes are. It is never changed; another file is another attachment.
 *
 * <p>Names are unique in a note, so that its text can speak of a file by its name: {@code ![roof](attachment:roof.png)}. Who
 * sees the note sees its files: whoever tells an attachment a command asks the note first.
 */
sealed interface Attachment {
    /** Names within a note, each {@code note/key}. */
    String NAMES = "note.attachment";

    /** The task that removes bytes to which no attachment leads. */
    String SWEEP = "notes.sweep";

    /** How long bytes are kept when nothing leads to them: longer than any upload that is about to can take. */
    Duration KEPT = Duration.ofDays(1);

    /** Nothing has this id yet. */
    record Absent() implements Attachment {}

    /** @param author as {@link Visibility#person} names people */
    record Attached(String note, String organization, String author, File file) implements Attachment {}

    /** It was there; its name is free again. */
    record Removed(String note) implements Attachment {}

    /**
     * @param name as {@link FileName#fitting} makes them
     * @param type its media type, told by its bytes
     * @param size in bytes
     * @param hash SHA-256 of its bytes, 64 lower-case hex digits
     * @param blob where they are, as {@link FileStore} stores them
     */
    record File(@Personal String name, String type, long size, String hash, String blob) {
        File named(String other) {
            return new File(other, type, size, hash, blob);
        }
    }

    sealed interface Command {
        record Attach(String note, String organization, File file) implements Command {}

        record Remove() implements Command {}

        /** Whoever attached it is being forgotten, and the note stays; so does the name, of which its text may speak. */
        record HandOver() implements Command {}
    }

    sealed interface Event {
        record WasAttached(String note, String organization, String author, File file) implements Event {}

        /** @param note for those who follow a note and remember nothing of its files */
        record WasRemoved(String note) implements Event {}

        /** Its name is the organization's from now on. */
        record HandedOver(String note, String name) implements Event {}
    }

    /** What {@link #SWEEP} works on. */
    record Sweep(String blob) {}

    Decider<Command, Event, Attachment> DECIDER = Decider.of(new Absent(), Attachment::decide, Attachment::evolve);

    EntityType<Command, Event, Attachment> TYPE = EntityType.of(
                    "attachment",
                    DECIDER,
                    Wire.of("attachment.attached", Event.WasAttached.class).about(Subject.sender()),
                    Wire.of("attachment.removed", Event.WasRemoved.class),
                    Wire.of("attachment.handed-over", Event.HandedOver.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Attachment attachment, Envelope envelope) {
        return switch (attachment) {
            case Absent _ ->
                switch (command) {
                    case Command.Attach(String note, String organization, File file) ->
                        Decision.<Event>accept(new Event.WasAttached(
                                        note, organization, Visibility.person(envelope.by()), file))
                                .claim(NAMES, claim(note, file), nameTaken(file));
                    case Command.Remove _, Command.HandOver _ -> Decision.refuse(absent());
                };
            case Attached it ->
                switch (command) {
                    case Command.Attach _ ->
                        Decision.refuse(CONFLICT, "attachment.attached", "This file is attached already.");
                    case Command.HandOver _ ->
                        Decision.accept(
                                new Event.HandedOver(it.note(), it.file().name()));
                    case Command.Remove _ ->
                        Decision.<Event>accept(new Event.WasRemoved(it.note()))
                                .release(NAMES, claim(it.note(), it.file()))
                                .task(
                                        SWEEP,
                                        it.file().blob(),
                                        new Sweep(it.file().blob()),
                                        envelope.at().plus(KEPT));
                };
            case Removed _ ->
                switch (command) {
                    case Command.Attach _ -> Decision.refuse(absent());
                    case Command.Remove _, Command.HandOver _ -> Decision.alreadySo();
                };
        };
    }

    static Attachment evolve(Attachment attachment, Event event) {
        return switch (event) {
            case Event.WasAttached(String note, String organization, String author, File file) ->
                new Attached(note, organization, author, file);
            case Event.WasRemoved(String note) -> new Removed(note);
            case Event.HandedOver(String note, String name) -> {
                if (!(attachment instanceof Attached it)) {
                    throw new IllegalStateException("only a file that is attached is handed over");
                }
                yield new Attached(
                        note, it.organization(), it.author(), it.file().named(name));
            }
        };
    }

    private static String claim(String note, File file) {
        return note + "/" + FileName.key(file.name());
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "attachment.absent", "There is no such file at this note.");
    }

    private static Refusal nameTaken(File file) {
        return Refusal.of(CONFLICT, "attachment.name-taken", "A file at this note is called so already.")
                .with("name", file.name());
    }
}
