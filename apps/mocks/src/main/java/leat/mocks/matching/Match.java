package leat.mocks.matching;

import java.util.List;
import leat.mocks.definition.RouteDefinition;

/** What looking for a route gave. */
public sealed interface Match {
    /**
     * The route to answer with.
     *
     * @param index of the route in the list that the table was compiled from
     */
    record Found(int index, RouteDefinition route, Captures captures) implements Match {}

    /** No route takes the request, but this one would if its parameters were of their types. */
    record WrongType(RouteDefinition route, Captures captures) implements Match {}

    /** Routes take the path, but not with this method. */
    record WrongMethod(List<String> allowed) implements Match {}

    /** No route takes the path. */
    record None() implements Match {}

    /** The path is not looked at any further. */
    record Refused(Reason reason) implements Match {}

    /** Why a path is refused. */
    enum Reason {
        /** It has more than {@link RouteTable#PATH_CHARACTERS}. */
        TOO_LONG,
        /** It does not begin with a slash, or its percent-encoding is broken. */
        MALFORMED,
        /** Finding its route would take more than {@link RouteTable#STEPS}. */
        TOO_COSTLY
    }
}
