package leat.web;

import java.util.List;

/** A table of routes that a module adds while it is mounted: {@code m.adds(Routes.class, Routes.of(api.table()))}. */
public record Routes(List<Route> table) {
    public Routes {
        table = List.copyOf(table);
    }

    public static Routes of(List<Route> table) {
        return new Routes(table);
    }
}
