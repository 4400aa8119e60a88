package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.FORBIDDEN;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Subject;
import leat.kernel.Wire;

/**
 * A note with all its versions: each change of its content is an event that holds the whole of it, so that any version can
 * be read and restored without reading the others.
 *
 * <p>The slug is taken once and stays when the title changes, so that addresses that were passed on keep leading here. A
 * note in the trash keeps it too, and can therefore always be recovered.
 */
sealed interface Note {
    /** How long the trash keeps a note. */
    Duration RETENTION = Duration.ofDays(30);

    /** The task that removes a note whose time in the trash is over. */
    String EXPIRE = "notes.expire";

    /** Names within an organization, each {@code organization/slug}. */
    String SLUGS = "note.slug";

    /** Nothing has this id yet. */
    record Absent() implements Note {}

    /**
     * @param version of the content, from 1, without gaps
     * @param filing empty when it lies in no notebook
     * @param shares with whom its author shares it
     */
    record Kept(
            Identity identity,
            int version,
            Content content,
            boolean pinned,
            boolean archived,
            Optional<Filing> filing,
            Map<String, ShareRole> shares)
            implements Note {
        public Kept {
            shares = Map.copyOf(shares);
        }

        Kept with(int next, Content other) {
            return new Kept(identity, next, other, pinned, archived, filing, shares);
        }

        /** A version of somebody who was forgotten leaves the words of the newest that can be read. */
        Kept written(int next, Content by) {
            return with(next, by.isForgotten() ? content.with(by.status()).with(by.access()) : by);
        }

        Kept called(String slug) {
            return new Kept(
                    new Identity(identity.organization(), identity.author(), slug),
                    version,
                    content,
                    pinned,
                    archived,
                    filing,
                    shares);
        }

        Kept pinned(boolean so) {
            return new Kept(identity, version, content, so, archived, filing, shares);
        }

        Kept archived(boolean so) {
            return new Kept(identity, version, content, pinned, so, filing, shares);
        }

        Kept filed(Optional<Filing> where) {
            return new Kept(identity, version, content, pinned, archived, where, shares);
        }

        Kept shared(Map<String, ShareRole> with) {
            return new Kept(identity, version, content, pinned, archived, filing, with);
        }
    }

    /**
     * Where a note lies.
     *
     * @param shared whether it is shared as the notebook is, because its author put it there
     */
    record Filing(String notebook, boolean shared) {}

    /** @param until when it is removed for good */
    record InTrash(Kept note, Instant until) implements Note {}

    /** It was there; its slug is free again. */
    record Removed() implements Note {}

    /**
     * Whose it is and what it is called in addresses; changed only when its author is forgotten.
     *
     * @param author as {@link Visibility#person} names people
     */
    record Identity(String organization, String author, String slug) {}

    sealed interface Command {
        /** @param notebook in which it will lie */
        record Create(String organization, Content content, Optional<String> notebook) implements Command {
            Create(String organization, Content content) {
                this(organization, content, Optional.empty());
            }
        }

        /** Creates one that was written elsewhere; see {@link TakenNote}. */
        record Take(String organization, Content content, TakenNote from) implements Command {}

        record Revise(Content content) implements Command {}

        /**
         * Goes on with a version, as somebody does whose editor saves by itself: it holds this from now on. When it is not
         * the newest any more, or others may see the note by this, it becomes the next version.
         */
        record Continue(int version, Content content) implements Command {}

        /** Moves it to another column of the board. */
        record Move(Content.Status status) implements Command {}

        /**
         * An old version becomes the newest.
         *
         * @param from which one
         * @param content what it held, read from the note's history
         */
        record Restore(int from, Content content) implements Command {}

        record Pin() implements Command {}

        record Unpin() implements Command {}

        record Archive() implements Command {}

        record Unarchive() implements Command {}

        /** Puts it into a notebook of its organization, or out of the one that it lies in. */
        record File(Optional<String> notebook) implements Command {}

        /** @param person as {@link Visibility#person} names people */
        record Share(String person, ShareRole role) implements Command {}

        record Unshare(String person) implements Command {}

        /** @param id of this note, for the task that will remove it */
        record Trash(String id) implements Command {}

        /** Takes it out of the trash as it was. */
        record Recover() implements Command {}

        /**
         * Removes it for good, unless it was recovered meanwhile.
         *
         * @param until the end of the time in the trash that is over; one that began later goes on
         */
        record Expire(Instant until) implements Command {}

        /**
         * Its author is being forgotten.
         *
         * @param id of this note
         * @param othersWrote whether somebody else wrote a version, which stays if the organization sees it
         */
        record Forget(String id, boolean othersWrote) implements Command {}
    }

    sealed interface Event {
        record Created(
                String organization,
                String author,
                @Personal String slug) implements Event {}

        /** It was written elsewhere before; what is not known of that is empty. */
        record Taken(Optional<Instant> created, Optional<Instant> changed) implements Event {}

        /** @param version the next, or the newest once more, of which this is then what it holds */
        record Revised(int version, Content content) implements Event {}

        record Restored(int version, int from, Content content) implements Event {}

        record Pinned() implements Event {}

        record Unpinned() implements Event {}

        record Archived() implements Event {}

        record Unarchived() implements Event {}

        /** @param shared whether its author did it, so that it is shared as the notebook is */
        record Filed(String notebook, boolean shared) implements Event {}

        record Unfiled() implements Event {}

        record Shared(String person, ShareRole role) implements Event {}

        record Unshared(String person) implements Event {}

        record Trashed(Instant until) implements Event {}

        record Recovered() implements Event {}

        record Expired() implements Event {}

        /** Its author was forgotten, and its address, which told of its first title, with them. */
        record Disowned(String slug) implements Event {}
    }

    /** What {@link #EXPIRE} works on. */
    record Expiry(String id, Instant until) {}

    Decider<Command, Event, Note> DECIDER = Decider.of(new Absent(), Note::decide, Note::evolve);

    EntityType<Command, Event, Note> TYPE = EntityType.of(
                    "note",
                    DECIDER,
                    Wire.of("note.created", Event.Created.class).about(Subject.sender()),
                    Wire.of("note.taken", Event.Taken.class),
                    Wire.of("note.revised", Event.Revised.class).about(Subject.sender()),
                    Wire.of("note.restored", Event.Restored.class).about(Subject.sender()),
                    Wire.of("note.pinned", Event.Pinned.class),
                    Wire.of("note.unpinned", Event.Unpinned.class),
                    Wire.of("note.archived", Event.Archived.class),
                    Wire.of("note.unarchived", Event.Unarchived.class),
                    Wire.of("note.filed", Event.Filed.class),
                    Wire.of("note.unfiled", Event.Unfiled.class),
                    Wire.of("note.shared", Event.Shared.class),
                    Wire.of("note.unshared", Event.Unshared.class),
                    Wire.of("note.trashed", Event.Trashed.class),
                    Wire.of("note.recovered", Event.Recovered.class),
                    Wire.of("note.expired", Event.Expired.class),
                    Wire.of("note.disowned", Event.Disowned.class))
            .snapshots(
                    "2",
                    100,
                    Wire.of("absent", Absent.class),
                    Wire.of("kept", Kept.class),
                    Wire.of("in-trash", InTrash.class),
                    Wire.of("removed", Removed.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Note note, Envelope envelope) {
        return switch (note) {
            case Absent _ -> decideAbsent(command, envelope);
            case Kept it -> isSeen(it, envelope) ? decideKept(command, it, envelope) : Decision.refuse(absent());
            case InTrash it ->
                command instanceof Command.Expire || isSeen(it.note(), envelope)
                        ? decideInTrash(command, it)
                        : Decision.refuse(absent());
            case Removed _ ->
                command instanceof Command.Expire || command instanceof Command.Forget
                        ? Decision.alreadySo()
                        : Decision.refuse(absent());
        };
    }

    /** Whoever asked before the note became private, and is heard after, finds it gone. */
    private static boolean isSeen(Kept note, Envelope envelope) {
        return Visibility.maySee(Visibility.person(envelope.by()), note);
    }

    private static Decision<Event> decideAbsent(Command command, Envelope envelope) {
        return command instanceof Command.Create create
                ? create(create, envelope)
                : command instanceof Command.Take take ? TakenNote.decide(take, envelope) : Decision.refuse(absent());
    }

    private static Decision<Event> create(Command.Create create, Envelope envelope) {
        Content content = create.content();
        List<Violation> violations = content.violations(Optional.empty(), envelope.at());
        if (!violations.isEmpty()) {
            return Decision.refuse(invalid(violations));
        }
        var identity = new Identity(
                create.organization(), Visibility.person(envelope.by()), Slug.of(envelope.at(), content.title()));
        var events = new ArrayList<Event>();
        events.add(new Event.Created(identity.organization(), identity.author(), identity.slug()));
        events.add(new Event.Revised(1, content));
        create.notebook().ifPresent(it -> events.add(new Event.Filed(it, true)));
        return Decision.<Event>accept(events).claim(SLUGS, claim(identity), slugTaken(identity));
    }

    private static Decision<Event> decideKept(Command command, Kept it, Envelope envelope) {
        return switch (command) {
            case Command.Create _, Command.Take _ ->
                Decision.refuse(CONFLICT, "note.created", "This note exists already.");
            case Command.Revise(Content content) -> revise(it, content, envelope);
            case Command.Continue(int version, Content content) ->
                version == it.version() && content.access() == it.content().access()
                        ? write(it, version, content, envelope)
                        : revise(it, content, envelope);
            case Command.Move(Content.Status status) -> revise(it, it.content().with(status), envelope);
            case Command.Restore(int from, Content content) -> restore(it, from, content);
            case Command.Pin _ -> unless(it.pinned(), new Event.Pinned());
            case Command.Unpin _ -> unless(!it.pinned(), new Event.Unpinned());
            case Command.Archive _ -> unless(it.archived(), new Event.Archived());
            case Command.Unarchive _ -> unless(!it.archived(), new Event.Unarchived());
            case Command.File(Optional<String> notebook) -> file(it, notebook, isByAuthor(it, envelope));
            case Command.Share(String person, ShareRole role) ->
                isByAuthor(it, envelope) ? share(it, person, role) : notYoursToShare();
            case Command.Unshare(String person) ->
                isByAuthor(it, envelope)
                        ? unless(!it.shares().containsKey(person), new Event.Unshared(person))
                        : notYoursToShare();
            case Command.Trash(String id) -> {
                if (it.content().access() == Content.Access.PRIVATE && !isByAuthor(it, envelope)) {
                    yield notYoursToFile();
                }
                Instant until = envelope.at().plus(RETENTION);
                yield Decision.<Event>accept(new Event.Trashed(until)).task(EXPIRE, id, new Expiry(id, until), until);
            }
            case Command.Forget forget -> forget(forget, it);
            case Command.Recover _, Command.Expire _ -> Decision.alreadySo();
        };
    }

    private static Decision<Event> decideInTrash(Command command, InTrash it) {
        return switch (command) {
            case Command.Trash _ -> Decision.alreadySo();
            case Command.Recover _ -> Decision.accept(new Event.Recovered());
            case Command.Forget _ ->
                Decision.<Event>accept(new Event.Expired())
                        .release(SLUGS, claim(it.note().identity()));
            case Command.Expire(Instant until) ->
                until.isBefore(it.until())
                        ? Decision.alreadySo()
                        : Decision.<Event>accept(new Event.Expired())
                                .release(SLUGS, claim(it.note().identity()));
            case Command.Create _,
                    Command.Take _,
                    Command.Revise _,
                    Command.Continue _,
                    Command.Move _,
                    Command.Restore _,
                    Command.Pin _,
                    Command.Unpin _,
                    Command.Archive _,
                    Command.Unarchive _,
                    Command.File _,
                    Command.Share _,
                    Command.Unshare _ ->
                Decision.refuse(CONFLICT, "note.in-trash", "This note is in the trash; recover it first.");
        };
    }

    private static Decision<Event> revise(Kept it, Content content, Envelope envelope) {
        return write(it, it.version() + 1, content, envelope);
    }

    private static Decision<Event> write(Kept it, int version, Content content, Envelope envelope) {
        if (content.equals(it.content())) {
            return Decision.alreadySo();
        }
        if (content.access() != it.content().access() && !isByAuthor(it, envelope)) {
            return Decision.refuse(
                    FORBIDDEN, "access.not-yours", "Only the author of a note decides whether it is private.");
        }
        List<Violation> violations = content.violations(it.content().due(), envelope.at());
        return violations.isEmpty()
                ? Decision.accept(new Event.Revised(version, content))
                : Decision.refuse(invalid(violations));
    }

    /** What was accepted once is accepted again, also when its due date has passed meanwhile; who may see it stays. */
    private static Decision<Event> restore(Kept it, int from, Content old) {
        Content content = old.with(it.content().access());
        if (from < 1 || from > it.version()) {
            return Decision.refuse(versionAbsent("This note has no version " + from + "."));
        }
        return unless(content.equals(it.content()), new Event.Restored(it.version() + 1, from, content));
    }

    private static Decision<Event> file(Kept it, Optional<String> notebook, boolean byAuthor) {
        if (it.content().access() == Content.Access.PRIVATE && !byAuthor) {
            return notYoursToFile();
        }
        Optional<Filing> filing = notebook.map(where -> new Filing(where, byAuthor));
        if (filing.equals(it.filing())) {
            return Decision.alreadySo();
        }
        return Decision.accept(filing.<Event>map(where -> new Event.Filed(where.notebook(), where.shared()))
                .orElseGet(Event.Unfiled::new));
    }

    private static Decision<Event> share(Kept it, String person, ShareRole role) {
        return Shares.refusal(it.identity().author(), it.shares(), person)
                .<Decision<Event>>map(Decision::refuse)
                .orElseGet(() -> unless(it.shares().get(person) == role, new Event.Shared(person, role)));
    }

    private static boolean isByAuthor(Kept it, Envelope envelope) {
        return Visibility.isAuthor(Visibility.person(envelope.by()), it.identity());
    }

    private static Decision<Event> notYoursToShare() {
        return Decision.refuse(Shares.notYours("note"));
    }

    private static Decision<Event> notYoursToFile() {
        return Decision.refuse(
                FORBIDDEN, "note.not-yours", "Only the author of a private note removes it or says where it lies.");
    }

    /** What others see and have written stays, under another address. */
    private static Decision<Event> forget(Command.Forget forget, Kept it) {
        String slug = it.identity().slug();
        if (!forget.othersWrote()
                || (it.content().access() == Content.Access.PRIVATE
                        && it.shares().isEmpty())) {
            return Decision.<Event>accept(new Event.Expired()).release(SLUGS, claim(it.identity()));
        }
        return slug.equals(forget.id())
                ? Decision.alreadySo()
                : Decision.<Event>accept(new Event.Disowned(forget.id())).release(SLUGS, claim(it.identity()));
    }

    private static Decision<Event> unless(boolean already, Event event) {
        return already ? Decision.alreadySo() : Decision.accept(event);
    }

    static Note evolve(Note note, Event event) {
        return switch (event) {
            case Event.Created(String organization, String author, String slug) ->
                new Kept(
                        new Identity(organization, author, slug), 0, NOTHING, false, false, Optional.empty(), Map.of());
            case Event.Taken _ -> note;
            case Event.Revised(int version, Content content) -> kept(note).written(version, content);
            case Event.Restored(int version, int _, Content content) ->
                kept(note).written(version, content);
            case Event.Pinned _ -> kept(note).pinned(true);
            case Event.Unpinned _ -> kept(note).pinned(false);
            case Event.Archived _ -> kept(note).archived(true);
            case Event.Unarchived _ -> kept(note).archived(false);
            case Event.Filed(String notebook, boolean shared) ->
                kept(note).filed(Optional.of(new Filing(notebook, shared)));
            case Event.Unfiled _ -> kept(note).filed(Optional.empty());
            case Event.Shared(String person, ShareRole role) ->
                kept(note).shared(Shares.with(kept(note).shares(), person, role));
            case Event.Unshared(String person) ->
                kept(note).shared(Shares.without(kept(note).shares(), person));
            case Event.Trashed(Instant until) -> new InTrash(kept(note), until);
            case Event.Recovered _ -> inTrash(note).note();
            case Event.Expired _ -> new Removed();
            case Event.Disowned(String slug) -> kept(note).called(slug);
        };
    }

    /** What a note holds between its creation and its first version, which become durable together. */
    Content NOTHING = new Content(
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Content.Status.BLANK,
            Content.Access.PRIVATE,
            Optional.empty(),
            List.of());

    private static Kept kept(Note note) {
        return switch (note) {
            case Kept it -> it;
            case Absent _, InTrash _, Removed _ ->
                throw new IllegalStateException("this event happens only to a note that is kept");
        };
    }

    private static InTrash inTrash(Note note) {
        return switch (note) {
            case InTrash it -> it;
            case Absent _, Kept _, Removed _ ->
                throw new IllegalStateException("only a note in the trash is recovered");
        };
    }

    static String claim(Identity identity) {
        return identity.organization() + "/" + identity.slug();
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "note.absent", "There is no such note, or it is not yours to see.");
    }

    static Refusal inTrash(Instant until) {
        return Refusal.of(ABSENT, "note.absent", "This note is in the trash; recover it first.")
                .with("trashUntil", until.toString());
    }

    static Refusal versionAbsent(String message) {
        return Refusal.of(ABSENT, "version.absent", message);
    }

    static Refusal invalid(List<Violation> violations) {
        return Refusal.invalid("note.invalid", violations.getFirst().message(), violations);
    }

    static Refusal slugTaken(Identity identity) {
        return Refusal.of(
                        CONFLICT,
                        "note.slug-taken",
                        "This organization has a note of the same day with this title already; choose another title.")
                .with("slug", identity.slug());
    }
}
