package leat.web;

import java.util.function.LongSupplier;

/**
 * A number that a module adds to the metrics: {@code m.adds(Figure.class, …)}.
 *
 * @param name with underscores and the unit last, such as {@code leat_mocks_answers}; a total gets {@code _total} by itself
 * @param description one line
 * @param total whether it only ever grows; otherwise it is a level that goes up and down
 * @param value asked at each reading of the metrics, from any thread; it must be quick
 */
public record Figure(String name, String description, boolean total, LongSupplier value) {
    public Figure {
        if (!name.matches("leat_[a-z0-9_]+")) {
            throw new IllegalArgumentException("a figure is named like leat_mocks_answers, not " + name);
        }
    }
}
