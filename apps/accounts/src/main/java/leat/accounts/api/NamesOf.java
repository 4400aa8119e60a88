package leat.accounts.api;

import java.util.List;
import java.util.Map;
import leat.kernel.Ask;

/** Asks what people are called, for pages that say who did something. */
public record NamesOf(List<String> userIds) implements Ask<NamesOf.Found> {
    public NamesOf {
        userIds = List.copyOf(userIds);
    }

    /** @param names as people read them, by user id; without those that nobody knows */
    public record Found(Map<String, String> names) {
        public Found {
            names = Map.copyOf(names);
        }
    }
}
