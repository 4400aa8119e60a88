package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;

import java.util.List;
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
import leat.notes.text.Links;

/** What a person looks for again and again in an organization's notes, under a name of their own; nobody else sees it. */
sealed interface SavedSearch {
    /** Names of each person, each {@code organization/person/name}; case does not matter. */
    String NAMES = "note.search";

    int MAX_NAME = 100;

    int MAX_QUERY = 2_000;

    /** Nothing has this id yet. */
    record Absent() implements SavedSearch {}

    /**
     * @param person as {@link Visibility#person} names people
     * @param query what stands in the list's address: {@code q=roof&status=Doing}
     */
    record Kept(String organization, String person, String name, String query) implements SavedSearch {}

    /** Its name is free; it can be recovered. */
    record Removed(Kept search) implements SavedSearch {}

    sealed interface Command {
        record Save(String organization, String name, String query) implements Command {}

        record Rename(String name) implements Command {}

        record Remove() implements Command {}

        record Recover() implements Command {}
    }

    sealed interface Event {
        record WasSaved(
                String organization,
                String person,
                @Personal String name,
                @Personal String query) implements Event {}

        record Renamed(@Personal String name) implements Event {}

        record WasRemoved() implements Event {}

        record Recovered() implements Event {}
    }

    Decider<Command, Event, SavedSearch> DECIDER = Decider.of(new Absent(), SavedSearch::decide, SavedSearch::evolve);

    EntityType<Command, Event, SavedSearch> TYPE = EntityType.of(
                    "search",
                    DECIDER,
                    Wire.of("search.saved", Event.WasSaved.class).about(Subject.sender()),
                    Wire.of("search.renamed", Event.Renamed.class).about(Subject.sender()),
                    Wire.of("search.removed", Event.WasRemoved.class),
                    Wire.of("search.recovered", Event.Recovered.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, SavedSearch search, Envelope envelope) {
        String person = Visibility.person(envelope.by());
        return switch (search) {
            case Absent _ -> command instanceof Command.Save save ? save(save, person) : Decision.refuse(absent());
            case Kept it -> it.person().equals(person) ? decideKept(command, it) : Decision.refuse(absent());
            case Removed(Kept it) ->
                it.person().equals(person) ? decideRemoved(command, it) : Decision.refuse(absent());
        };
    }

    private static Decision<Event> save(Command.Save save, String person) {
        Optional<Refusal> wrong = wrong(save.name(), save.query());
        if (wrong.isPresent()) {
            return Decision.refuse(wrong.get());
        }
        var kept = new Kept(save.organization(), person, save.name(), save.query());
        return Decision.<Event>accept(new Event.WasSaved(save.organization(), person, save.name(), save.query()))
                .claim(NAMES, claim(kept, save.name()), taken(save.name()));
    }

    private static Decision<Event> decideKept(Command command, Kept it) {
        return switch (command) {
            case Command.Save _ -> Decision.refuse(CONFLICT, "search.saved", "This search is saved already.");
            case Command.Rename(String name) -> rename(it, name);
            case Command.Remove _ ->
                Decision.<Event>accept(new Event.WasRemoved()).release(NAMES, claim(it, it.name()));
            case Command.Recover _ -> Decision.alreadySo();
        };
    }

    private static Decision<Event> decideRemoved(Command command, Kept it) {
        return switch (command) {
            case Command.Save _, Command.Rename _ -> Decision.refuse(absent());
            case Command.Remove _ -> Decision.alreadySo();
            case Command.Recover _ ->
                Decision.<Event>accept(new Event.Recovered()).claim(NAMES, claim(it, it.name()), taken(it.name()));
        };
    }

    private static Decision<Event> rename(Kept it, String name) {
        Optional<Refusal> wrong = wrong(name, it.query());
        if (wrong.isPresent()) {
            return Decision.refuse(wrong.get());
        }
        if (name.equals(it.name())) {
            return Decision.alreadySo();
        }
        Decision.Accepted<Event> renamed = Decision.accept(new Event.Renamed(name));
        return claim(it, name).equals(claim(it, it.name()))
                ? renamed
                : renamed.claim(NAMES, claim(it, name), taken(name)).release(NAMES, claim(it, it.name()));
    }

    static SavedSearch evolve(SavedSearch search, Event event) {
        return switch (event) {
            case Event.WasSaved(String organization, String person, String name, String query) ->
                new Kept(organization, person, name, query);
            case Event.Renamed(String name) -> {
                Kept it = kept(search);
                yield new Kept(it.organization(), it.person(), name, it.query());
            }
            case Event.WasRemoved _ -> new Removed(kept(search));
            case Event.Recovered _ -> kept(search);
        };
    }

    private static Kept kept(SavedSearch search) {
        return switch (search) {
            case Kept it -> it;
            case Removed(Kept it) -> it;
            case Absent _ -> throw new IllegalStateException("this happens only to a search that was saved");
        };
    }

    private static Optional<Refusal> wrong(String name, String query) {
        if (name.isBlank()
                || name.codePointCount(0, name.length()) > MAX_NAME
                || name.codePoints().anyMatch(it -> Character.isISOControl(it) || Content.isHalf(it))) {
            return Optional.of(invalid(
                    "name",
                    "name.shape",
                    "Give the search a name of one line and at most " + MAX_NAME + " characters."));
        }
        return query.isBlank() || query.length() > MAX_QUERY
                ? Optional.of(invalid(
                        "query",
                        "query.shape",
                        "Save what a list is narrowed to, such as q=roof&status=Doing, in at most " + MAX_QUERY
                                + " characters."))
                : Optional.empty();
    }

    private static String claim(Kept it, String name) {
        return it.organization() + "/" + it.person() + "/" + Links.key(name);
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "search.absent", "You have no such saved search.");
    }

    private static Refusal taken(String name) {
        return Refusal.of(
                CONFLICT, "search.taken", "You have a search named " + name + " already; choose another name.");
    }

    private static Refusal invalid(String field, String code, String message) {
        return Refusal.invalid("search.invalid", message, List.of(new Violation(field, code, message)));
    }
}
