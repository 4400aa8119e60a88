package leat.mocks.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The ways in which a condition compares two values; a missing value is neither before nor after another. */
enum Relation {
    EQUAL,
    DIFFERENT,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    /** An item of a list, a name in a map, a piece of a text. */
    IN;

    boolean holds(@Nullable Object left, @Nullable Object right, Rendering r) {
        return switch (this) {
            case EQUAL -> Values.equal(left, right, r);
            case DIFFERENT -> !Values.equal(left, right, r);
            case IN -> isIn(left, right, r);
            case LESS, AT_MOST, GREATER, AT_LEAST -> {
                Integer order = Values.compare(left, right, r);
                yield order != null && holds(order);
            }
        };
    }

    private boolean holds(int order) {
        return switch (this) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
            case EQUAL, DIFFERENT, IN -> false;
        };
    }

    private static boolean isIn(@Nullable Object item, @Nullable Object whole, Rendering r) {
        return switch (whole) {
            case null -> false;
            case Map<?, ?> map -> map.containsKey(Values.text(item, r));
            case ObjectNode object -> object.has(Values.text(item, r));
            case String text -> {
                r.chargeChars(text.length());
                yield item != null && text.contains(Values.text(item, r));
            }
            default -> {
                for (Object each : Values.items(whole, r)) {
                    r.step();
                    if (Values.equal(item, Values.plain(each), r)) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }
}
