package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.FORBIDDEN;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Subject;
import leat.kernel.Wire;
import leat.notes.Content.Access;

/**
 * A place for notes, which may lie in another one. Notes say in which they lie; a notebook knows nothing of them.
 *
 * <p>While it is removed, what lies in it lies in the one above, and its name is free; when it is recovered everything is
 * back in its place.
 */
sealed interface Notebook {
    int MAX_NAME = 100;

    /** Notebooks within each other. Kept by {@link Notebooks}, which sees them all. */
    int MAX_DEPTH = 5;

    /** Names within the notebook above, each {@code organization/notebook/name}. */
    String NAMES = "note.notebook";

    /** Nothing has this id yet. */
    record Absent() implements Notebook {}

    /**
     * @param author as {@link Visibility#person} names people
     * @param parent the notebook in which it lies
     * @param access who sees that it is there; which notes are seen is theirs to say
     * @param shares with whom it is shared, with all that lies in it
     */
    record Kept(
            String organization,
            String author,
            String name,
            Optional<String> parent,
            Optional<String> color,
            Access access,
            Map<String, ShareRole> shares)
            implements Notebook {
        public Kept {
            shares = Map.copyOf(shares);
        }

        Kept with(Map<String, ShareRole> others) {
            return new Kept(organization, author, name, parent, color, access, others);
        }
    }

    /** It can be recovered as it was. */
    record Removed(Kept notebook) implements Notebook {}

    /** What a person says of one. */
    record Draft(String name, Optional<String> parent, Optional<String> color, Access access) {}

    sealed interface Command {
        record Create(String organization, Draft draft) implements Command {}

        /** Renames, moves, colours, opens or closes it, whatever is another in the draft. */
        record Change(Draft draft) implements Command {}

        record Share(String person, ShareRole role) implements Command {}

        record Unshare(String person) implements Command {}

        record Remove() implements Command {}

        record Recover() implements Command {}

        /** Whoever named it is being forgotten, and it stays. */
        record HandOver() implements Command {}
    }

    sealed interface Event {
        record WasCreated(
                String organization,
                String author,
                @Personal String name,
                Optional<String> parent,
                Optional<String> color,
                Access access)
                implements Event {}

        record Renamed(@Personal String name) implements Event {}

        record Moved(Optional<String> parent) implements Event {}

        record Recolored(Optional<String> color) implements Event {}

        record AccessChanged(Access access) implements Event {}

        record Shared(String person, ShareRole role) implements Event {}

        record Unshared(String person) implements Event {}

        record WasRemoved() implements Event {}

        record Recovered() implements Event {}

        /** Its name is the organization's from now on. */
        record HandedOver(String name) implements Event {}
    }

    Decider<Command, Event, Notebook> DECIDER = Decider.of(new Absent(), Notebook::decide, Notebook::evolve);

    EntityType<Command, Event, Notebook> TYPE = EntityType.of(
                    "notebook",
                    DECIDER,
                    Wire.of("notebook.created", Event.WasCreated.class).about(Subject.sender()),
                    Wire.of("notebook.renamed", Event.Renamed.class).about(Subject.sender()),
                    Wire.of("notebook.moved", Event.Moved.class),
                    Wire.of("notebook.recolored", Event.Recolored.class),
                    Wire.of("notebook.access-changed", Event.AccessChanged.class),
                    Wire.of("notebook.shared", Event.Shared.class),
                    Wire.of("notebook.unshared", Event.Unshared.class),
                    Wire.of("notebook.removed", Event.WasRemoved.class),
                    Wire.of("notebook.recovered", Event.Recovered.class),
                    Wire.of("notebook.handed-over", Event.HandedOver.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Notebook notebook, Envelope envelope) {
        String person = Visibility.person(envelope.by());
        if (command instanceof Command.HandOver) {
            return handOver(notebook);
        }
        return switch (notebook) {
            case Absent _ ->
                command instanceof Command.Create create ? create(create, person) : Decision.refuse(absent());
            case Kept it -> Visibility.maySee(person, it) ? decideKept(command, it, person) : Decision.refuse(absent());
            case Removed(Kept it) ->
                Visibility.maySee(person, it) ? decideRemoved(command, it, person) : Decision.refuse(absent());
        };
    }

    /** Also one that its namer may no longer see. */
    private static Decision<Event> handOver(Notebook notebook) {
        return notebook instanceof Absent
                ? Decision.refuse(absent())
                : Decision.accept(new Event.HandedOver(known(notebook).name()));
    }

    private static Decision<Event> create(Command.Create create, String person) {
        Draft draft = create.draft();
        List<Violation> violations = violations(draft);
        return violations.isEmpty()
                ? Decision.<Event>accept(new Event.WasCreated(
                                create.organization(),
                                person,
                                draft.name(),
                                draft.parent(),
                                draft.color(),
                                draft.access()))
                        .claim(NAMES, claim(create.organization(), draft), taken(draft.name()))
                : Decision.refuse(invalid(violations));
    }

    private static Decision<Event> decideKept(Command command, Kept it, String person) {
        return switch (command) {
            case Command.Create _ -> Decision.refuse(CONFLICT, "notebook.created", "This notebook exists already.");
            case Command.Change(Draft draft) -> change(it, draft, person);
            case Command.Share(String with, ShareRole role) ->
                isAuthor(it, person) ? share(it, with, role) : notYours();
            case Command.Unshare(String with) ->
                !isAuthor(it, person)
                        ? notYours()
                        : it.shares().containsKey(with)
                                ? Decision.accept(new Event.Unshared(with))
                                : Decision.alreadySo();
            case Command.Remove _ ->
                mayRemove(it, person)
                        ? Decision.<Event>accept(new Event.WasRemoved())
                                .release(NAMES, claim(it.organization(), of(it)))
                        : notYoursToPlace();
            case Command.Recover _, Command.HandOver _ -> Decision.alreadySo();
        };
    }

    private static Decision<Event> decideRemoved(Command command, Kept it, String person) {
        return switch (command) {
            case Command.Remove _ -> Decision.alreadySo();
            case Command.Recover _ ->
                mayRemove(it, person)
                        ? Decision.<Event>accept(new Event.Recovered())
                                .claim(NAMES, claim(it.organization(), of(it)), taken(it.name()))
                        : notYoursToPlace();
            case Command.Create _, Command.Change _, Command.Share _, Command.Unshare _, Command.HandOver _ ->
                Decision.refuse(CONFLICT, "notebook.removed", "This notebook was removed; recover it first.");
        };
    }

    private static Decision<Event> change(Kept it, Draft draft, String person) {
        boolean places = !draft.parent().equals(it.parent()) || draft.access() != it.access();
        if (places && !isAuthor(it, person)) {
            return notYoursToPlace();
        }
        List<Violation> violations = violations(draft);
        if (!violations.isEmpty()) {
            return Decision.refuse(invalid(violations));
        }
        var events = new ArrayList<Event>();
        if (!draft.name().equals(it.name())) {
            events.add(new Event.Renamed(draft.name()));
        }
        if (!draft.parent().equals(it.parent())) {
            events.add(new Event.Moved(draft.parent()));
        }
        if (!draft.color().equals(it.color())) {
            events.add(new Event.Recolored(draft.color()));
        }
        if (draft.access() != it.access()) {
            events.add(new Event.AccessChanged(draft.access()));
        }
        String before = claim(it.organization(), of(it));
        String after = claim(it.organization(), draft);
        Decision.Accepted<Event> accepted = Decision.accept(events);
        return before.equals(after)
                ? accepted
                : accepted.release(NAMES, before).claim(NAMES, after, taken(draft.name()));
    }

    private static Decision<Event> share(Kept it, String person, ShareRole role) {
        return Shares.refusal(it.author(), it.shares(), person)
                .<Decision<Event>>map(Decision::refuse)
                .orElseGet(() -> it.shares().get(person) == role
                        ? Decision.alreadySo()
                        : Decision.accept(new Event.Shared(person, role)));
    }

    /** Removing takes away what the notebook shares, so a private one is removed by its author alone. */
    private static boolean mayRemove(Kept it, String person) {
        return it.access() == Access.PUBLIC || isAuthor(it, person);
    }

    private static boolean isAuthor(Kept it, String person) {
        return it.author().equals(person);
    }

    /** Everything that is wrong with it, in the order of the fields. */
    static List<Violation> violations(Draft draft) {
        var wrong = new ArrayList<Violation>();
        String name = draft.name();
        if (name.isBlank()) {
            wrong.add(new Violation("name", "name.blank", "Give the notebook a name."));
        } else if (name.codePointCount(0, name.length()) > MAX_NAME) {
            wrong.add(new Violation("name", "name.long", "Use at most " + MAX_NAME + " characters."));
        } else if (name.codePoints().anyMatch(it -> Character.isISOControl(it) || Content.isHalf(it))) {
            wrong.add(new Violation("name", "name.shape", "Use one line without control characters."));
        }
        if (draft.color().filter(it -> !Content.isColor(it)).isPresent()) {
            wrong.add(Content.noColor());
        }
        return List.copyOf(wrong);
    }

    static Notebook evolve(Notebook notebook, Event event) {
        return switch (event) {
            case Event.WasCreated(
                    String organization,
                    String author,
                    String name,
                    Optional<String> parent,
                    Optional<String> color,
                    Access access) -> new Kept(organization, author, name, parent, color, access, Map.of());
            case Event.Renamed(String name) ->
                revised(
                        known(notebook),
                        it -> new Draft(name.isEmpty() ? it.name() : name, it.parent(), it.color(), it.access()));
            case Event.Moved(Optional<String> parent) ->
                revised(known(notebook), it -> new Draft(it.name(), parent, it.color(), it.access()));
            case Event.Recolored(Optional<String> color) ->
                revised(known(notebook), it -> new Draft(it.name(), it.parent(), color, it.access()));
            case Event.AccessChanged(Access access) ->
                revised(known(notebook), it -> new Draft(it.name(), it.parent(), it.color(), access));
            case Event.Shared(String person, ShareRole role) ->
                known(notebook).with(Shares.with(known(notebook).shares(), person, role));
            case Event.Unshared(String person) ->
                known(notebook).with(Shares.without(known(notebook).shares(), person));
            case Event.WasRemoved _ -> new Removed(known(notebook));
            case Event.Recovered _ -> known(notebook);
            case Event.HandedOver(String name) -> named(notebook, name);
        };
    }

    private static Notebook named(Notebook notebook, String name) {
        Kept named = revised(known(notebook), it -> new Draft(name, it.parent(), it.color(), it.access()));
        return notebook instanceof Removed ? new Removed(named) : named;
    }

    private static Kept revised(Kept it, UnaryOperator<Draft> change) {
        Draft draft = change.apply(of(it));
        return new Kept(
                it.organization(),
                it.author(),
                draft.name(),
                draft.parent(),
                draft.color(),
                draft.access(),
                it.shares());
    }

    private static Kept known(Notebook notebook) {
        return switch (notebook) {
            case Kept it -> it;
            case Removed(Kept it) -> it;
            case Absent _ -> throw new IllegalStateException("this event happens only to a notebook that is there");
        };
    }

    static Draft of(Kept it) {
        return new Draft(it.name(), it.parent(), it.color(), it.access());
    }

    /** Names that differ in case alone would be read as one. */
    private static String claim(String organization, Draft draft) {
        return organization + "/" + draft.parent().orElse("") + "/"
                + draft.name().strip().toLowerCase(Locale.ROOT);
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "notebook.absent", "There is no such notebook, or it is not yours to see.");
    }

    static Refusal invalid(List<Violation> violations) {
        return Refusal.invalid("notebook.invalid", violations.getFirst().message(), violations);
    }

    private static Refusal taken(String name) {
        return Refusal.of(
                CONFLICT,
                "notebook.taken",
                "There is a notebook " + name + " in this place already; choose another name.");
    }

    private static Decision<Event> notYours() {
        return Decision.refuse(Shares.notYours("notebook"));
    }

    private static Decision<Event> notYoursToPlace() {
        return Decision.refuse(
                FORBIDDEN,
                "notebook.not-yours",
                "Only the author of a notebook moves, opens or closes it, and removes it while it is private.");
    }
}
