package leat.notes;

import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.FORBIDDEN;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;

/** With whom its author shares something, as what: rules that notes and notebooks have in common. */
final class Shares {
    /** People with whom one thing is shared. */
    static final int MAX = 100;

    private Shares() {}

    /** Why it cannot be shared with somebody; empty when it can. */
    static Optional<Refusal> refusal(String author, Map<String, ShareRole> shares, String person) {
        if (person.equals(author)) {
            return Optional.of(Refusal.invalid(
                    "share.invalid",
                    "What is yours needs no sharing with yourself.",
                    List.of(new Violation("user", "user.author", "Name somebody other than the author."))));
        }
        return shares.size() >= MAX && !shares.containsKey(person)
                ? Optional.of(Refusal.of(CONFLICT, "share.many", "Share it with at most " + MAX + " people."))
                : Optional.empty();
    }

    static Refusal notYours(String thing) {
        return Refusal.of(FORBIDDEN, "share.not-yours", "Only the author of a " + thing + " shares it.");
    }

    static Map<String, ShareRole> with(Map<String, ShareRole> shares, String person, ShareRole role) {
        var more = new HashMap<>(shares);
        more.put(person, role);
        return more;
    }

    static Map<String, ShareRole> without(Map<String, ShareRole> shares, String person) {
        var fewer = new HashMap<>(shares);
        fewer.remove(person);
        return fewer;
    }
}
