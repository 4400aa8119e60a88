package leat.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The header fields of a request, found by name in any case; immutable. */
public final class Headers {
    /** No fields at all. */
    public static final Headers NONE = new Headers(Map.of());

    private final Map<String, List<String>> byName;

    private Headers(Map<String, List<String>> byName) {
        this.byName = byName;
    }

    /** Headers from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        var gathering = new Gathering();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            gathering.accept(namesAndValues[i], namesAndValues[i + 1]);
        }
        return gathering.headers();
    }

    /** The first value under a name. */
    public Optional<String> first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Every value under a name, in the order sent; one line with commas is one value. */
    public List<String> all(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The values under a name as one list: lines joined, split at commas, trimmed. */
    public List<String> list(String name) {
        return all(name).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Names in lower case, in the order in which each was first sent. */
    public Collection<String> names() {
        return byName.keySet();
    }

    static final class Gathering implements BiConsumer<String, String> {
        private final Map<String, List<String>> byName = new LinkedHashMap<>();

        @Override
        public void accept(String name, String value) {
            byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>(1))
                    .add(value);
        }

        void acceptIfAbsent(String name, String value) {
            byName.putIfAbsent(name, List.of(value));
        }

        Headers headers() {
            return new Headers(byName);
        }
    }
}
