package leat.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items in the order of the list
 * @param next the opaque cursor that continues behind the last item; empty on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * A page from what a query found when it was asked for one more than the limit: the one too many only says that there
     * is a next page.
     *
     * @param key what the next query continues behind; it may hold anything but should stay short
     */
    public static <T> Page<T> of(List<T> found, Paging paging, Function<T, String> key) {
        if (found.size() <= paging.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<T> items = found.subList(0, paging.limit());
        return new Page<>(items, Optional.of(Paging.cursor(key.apply(items.getLast()))));
    }
}
