package leat.bookmarks;

import java.util.ArrayList;
import java.util.List;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Kind;
import leat.kernel.Refusal.Violation;
import leat.kernel.Subject;
import leat.kernel.Wire;

/** An address that an organization keeps, under a title and tags. */
sealed interface Bookmark {
    /** Longest address in characters. */
    int MAX_ADDRESS = 2_000;

    /** Longest title in characters. */
    int MAX_TITLE = 200;

    /** Most tags of one bookmark, each of 1 to 40 letters, digits and hyphens. */
    int MAX_TAGS = 10;

    // states
    record Absent() implements Bookmark {}

    record Kept(String organization, String address, String title, List<String> tags) implements Bookmark {}

    record Removed() implements Bookmark {}

    sealed interface Command {
        record Keep(String organization, String address, String title, List<String> tags) implements Command {}

        record Revise(String title, List<String> tags) implements Command {}

        /** Gives a title to a bookmark that has none. */
        record Name(String title) implements Command {}

        record Remove() implements Command {}
    }

    sealed interface Event {
        record WasKept(
                String organization,
                String address,
                @Personal String title,
                @Personal List<String> tags) implements Event {}

        record Revised(@Personal String title, @Personal List<String> tags) implements Event {}

        record WasRemoved() implements Event {}
    }

    Decider<Command, Event, Bookmark> DECIDER =
            Decider.of(new Absent(), (command, bookmark, _) -> decide(command, bookmark), Bookmark::evolve);

    EntityType<Command, Event, Bookmark> TYPE = EntityType.of(
                    "bookmark",
                    DECIDER,
                    Wire.of("bookmark.kept", Event.WasKept.class).about(Subject.sender()),
                    Wire.of("bookmark.revised", Event.Revised.class).about(Subject.sender()),
                    Wire.of("bookmark.removed", Event.WasRemoved.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Bookmark bookmark) {
        return switch (bookmark) {
            case Absent _ ->
                switch (command) {
                    case Command.Keep keep -> keep(keep);
                    case Command.Revise _, Command.Name _, Command.Remove _ -> Decision.refuse(absent());
                };
            case Kept kept ->
                switch (command) {
                    case Command.Keep _ -> Decision.refuse(keptAlready());
                    case Command.Revise(String title, List<String> tags) -> revise(kept, title, tags);
                    case Command.Name(String title) ->
                        kept.title().isEmpty() ? revise(kept, title, kept.tags()) : Decision.alreadySo();
                    case Command.Remove _ ->
                        Decision.<Event>accept(new Event.WasRemoved())
                                .release("bookmark.address", claimed(kept.organization(), kept.address()));
                };
            case Removed _ ->
                switch (command) {
                    case Command.Remove _ -> Decision.alreadySo();
                    case Command.Keep _, Command.Revise _, Command.Name _ -> Decision.refuse(absent());
                };
        };
    }

    private static Decision<Event> keep(Command.Keep it) {
        List<Violation> wrong = wrong(it.title(), it.tags());
        if (!it.address().matches("https?://[^\\s/][^\\s]*") || it.address().length() > MAX_ADDRESS) {
            wrong.addFirst(new Violation(
                    "address",
                    "address.shape",
                    "An address begins with http:// or https:// and has up to " + MAX_ADDRESS + " characters."));
        }
        if (!wrong.isEmpty()) {
            return Decision.refuse(invalid(wrong));
        }
        return Decision.<Event>accept(new Event.WasKept(it.organization(), it.address(), it.title(), it.tags()))
                .claim("bookmark.address", claimed(it.organization(), it.address()), keptAlready());
    }

    private static Decision<Event> revise(Kept kept, String title, List<String> tags) {
        List<Violation> wrong = wrong(title, tags);
        if (!wrong.isEmpty()) {
            return Decision.refuse(invalid(wrong));
        }
        return kept.title().equals(title) && kept.tags().equals(tags)
                ? Decision.alreadySo()
                : Decision.accept(new Event.Revised(title, tags));
    }

    static Bookmark evolve(Bookmark bookmark, Event event) {
        return switch (event) {
            case Event.WasKept(String organization, String address, String title, List<String> tags) ->
                new Kept(organization, address, title, tags);
            case Event.Revised(String title, List<String> tags) -> {
                if (!(bookmark instanceof Kept kept)) {
                    throw new IllegalStateException("only a bookmark that is kept is revised");
                }
                yield new Kept(kept.organization(), kept.address(), title, tags);
            }
            case Event.WasRemoved _ -> new Removed();
        };
    }

    private static List<Violation> wrong(String title, List<String> tags) {
        var wrong = new ArrayList<Violation>();
        if (title.length() > MAX_TITLE || title.chars().anyMatch(Character::isISOControl)) {
            wrong.add(new Violation(
                    "title", "title.shape", "A title is one line of up to " + MAX_TITLE + " characters."));
        }
        if (tags.size() > MAX_TAGS || !tags.stream().allMatch(it -> it.matches("[\\p{L}\\p{N}-]{1,40}"))) {
            wrong.add(new Violation(
                    "tags", "tags.shape", "Up to " + MAX_TAGS + " tags of 1 to 40 letters, digits and hyphens."));
        }
        return wrong;
    }

    /** An address is unique within an organization; two organizations may keep the same. */
    private static String claimed(String organization, String address) {
        return organization + "/" + address;
    }

    static Refusal absent() {
        return Refusal.of(
                Kind.ABSENT, "bookmark.absent", "There is no such bookmark, or it is another organization's.");
    }

    private static Refusal keptAlready() {
        return Refusal.of(Kind.CONFLICT, "bookmark.kept", "Your organization keeps this address already.");
    }

    private static Refusal invalid(List<Violation> wrong) {
        return Refusal.invalid("bookmark.invalid", wrong.getFirst().message(), wrong);
    }
}
