package leat.mocks.template;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every filter by its name. */
final class Filters {
    static final Map<String, Filter> ALL = byName(Stream.of(
                    ValueFilters.ALL,
                    TextFilters.ALL,
                    Abbreviation.FILTERS,
                    NumberFilters.ALL,
                    ListFilters.ALL,
                    TimeFilters.ALL,
                    MarkupFilters.ALL)
            .flatMap(List::stream)
            .toList());

    /** The filter that turns escaping off for the tag that it stands in. */
    static final String SAFE = "safe";

    private Filters() {}

    private static Map<String, Filter> byName(List<Filter> filters) {
        Map<String, Filter> byName = new TreeMap<>();
        for (Filter filter : filters) {
            if (byName.put(filter.name(), filter) != null) {
                throw new IllegalStateException("two filters named " + filter.name());
            }
        }
        return Map.copyOf(byName);
    }
}
