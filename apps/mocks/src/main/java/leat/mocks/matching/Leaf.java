package leat.mocks.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The routes of one path by method, counted from the least below some node; GET also answers HEAD. */
final class Leaf {
    private static final String[] METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"};
    static final int NO_METHOD = -1;
    static final int NO_ROUTE = -1;

    private static final int GET = 0;
    private static final int HEAD = 1;

    private final int[] routes;

    /** @param routes one for each method, or {@link #NO_ROUTE}; begun by {@link #noRoutes} */
    Leaf(int[] routes) {
        this.routes = routes;
    }

    static int[] noRoutes() {
        int[] routes = new int[METHODS.length];
        Arrays.fill(routes, NO_ROUTE);
        return routes;
    }

    static int method(String name) {
        for (int i = 0; i < METHODS.length; i++) {
            if (METHODS[i].equals(name)) {
                return i;
            }
        }
        return NO_METHOD;
    }

    int route(int method) {
        if (method == NO_METHOD) {
            return NO_ROUTE;
        }
        return method == HEAD && routes[HEAD] == NO_ROUTE ? routes[GET] : routes[method];
    }

    /** One bit a method that has a route of its own. */
    int methods() {
        int bits = 0;
        for (int i = 0; i < METHODS.length; i++) {
            bits |= routes[i] == NO_ROUTE ? 0 : 1 << i;
        }
        return bits;
    }

    /** What {@code Allow} names: the methods of the bits, and those that come for free. */
    static List<String> allowed(int bits) {
        var names = new ArrayList<String>();
        for (int i = 0; i < METHODS.length; i++) {
            boolean derived = (i == HEAD && (bits & (1 << GET)) != 0) || METHODS[i].equals("OPTIONS");
            if (derived || (bits & (1 << i)) != 0) {
                names.add(METHODS[i]);
            }
        }
        return List.copyOf(names);
    }

    /** Every route here, in the order of methods. */
    int[] all() {
        return Arrays.stream(routes).filter(route -> route != NO_ROUTE).toArray();
    }
}
