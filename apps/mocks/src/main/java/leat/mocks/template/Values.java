package leat.mocks.template;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the values of a template look: as text, as a list, as true or false, and inside. */
final class Values {
    private Values() {}

    /** A JSON scalar as the Java value that it stands for; everything else as it is. */
    static @Nullable Object plain(@Nullable Object value) {
        if (!(value instanceof JsonNode node)) {
            return value;
        }
        return switch (node.getNodeType()) {
            case STRING -> node.stringValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            case ARRAY, OBJECT -> node;
            case BINARY, POJO -> node.asString();
        };
    }

    /** The value under a key, or at an index when the value is a list; null when there is none. */
    static @Nullable Object inside(@Nullable Object value, Key key) {
        return switch (value) {
            case Map<?, ?> map -> plain(key.in(map));
            case ObjectNode object -> plain(key.in(object));
            case ArrayNode array -> key.index() >= 0 ? plain(array.get(key.index())) : null;
            case List<?> list -> key.index() >= 0 && key.index() < list.size() ? plain(list.get(key.index())) : null;
            case Repeated repeated ->
                key.index() >= 0 && key.index() < repeated.values().size()
                        ? repeated.values().get(key.index())
                        : null;
            case ForLoop loop -> loop.get(key.name());
            case null, default -> null;
        };
    }

    /** The text that a value prints as; empty for a missing one. */
    static String text(@Nullable Object value, Rendering r) {
        return switch (value) {
            case null -> "";
            case String s -> s;
            case Number n -> Numbers.text(n);
            case Boolean b -> b.toString();
            case Instant i -> IsoTime.text(i);
            case Repeated repeated -> repeated.first();
            case JsonFragment json -> json.text();
            case Markup markup -> markup.html();
            case Abbreviation abbreviation -> abbreviation.text();
            case ForLoop loop -> loop.toString();
            default -> JsonText.of(value, r);
        };
    }

    /** Whether a condition takes the value for true: all but missing, false, and the texts "" and "false". */
    static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case String s -> !s.isEmpty() && !s.equals("false");
            case Repeated repeated -> truth(repeated.first());
            default -> true;
        };
    }

    /** The items to loop over: of a list its items, of a map its entries as pairs, of one value that value. */
    static List<? extends @Nullable Object> items(@Nullable Object value, Rendering r) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            case ArrayNode array -> {
                r.chargeItems(array.size());
                yield new ArrayList<>(array.values());
            }
            case Repeated repeated -> repeated.values();
            case Map<?, ?> map -> {
                r.chargeItems(map.size());
                List<Object> entries = new ArrayList<>(map.size());
                map.forEach((key, item) -> entries.add(pair(key, item)));
                yield entries;
            }
            case ObjectNode object -> {
                r.chargeItems(object.size());
                List<Object> entries = new ArrayList<>(object.size());
                object.forEachEntry((key, item) -> entries.add(pair(key, item)));
                yield entries;
            }
            default -> List.of(value);
        };
    }

    private static List<@Nullable Object> pair(@Nullable Object key, @Nullable Object item) {
        List<@Nullable Object> pair = new ArrayList<>(2);
        pair.add(key);
        pair.add(item);
        return pair;
    }

    /** How many: characters of a text, items of a list, entries of a map, none of a missing value; -1 of others. */
    static int count(@Nullable Object value, Rendering r) {
        return switch (value) {
            case null -> 0;
            case String s -> characters(s, r);
            case Repeated repeated -> characters(repeated.first(), r);
            case JsonFragment json -> characters(json.text(), r);
            case Abbreviation abbreviation -> characters(abbreviation.text(), r);
            case Collection<?> collection -> collection.size();
            case Map<?, ?> map -> map.size();
            case JsonNode node -> node.size();
            default -> -1;
        };
    }

    private static int characters(String text, Rendering r) {
        r.chargeChars(text.length());
        return text.codePointCount(0, text.length());
    }

    static boolean isList(@Nullable Object value) {
        return value instanceof List || value instanceof ArrayNode;
    }

    static boolean isMap(@Nullable Object value) {
        return value instanceof Map || value instanceof ObjectNode;
    }

    /** Whether two values are the same; text equals a number when it reads as that number. */
    static boolean equal(@Nullable Object left, @Nullable Object right, Rendering r) {
        Object a = left instanceof Repeated repeated ? repeated.first() : left;
        Object b = right instanceof Repeated repeated ? repeated.first() : right;
        if (a == null || b == null) {
            return a == null && b == null;
        }
        if (a instanceof Number || b instanceof Number) {
            BigDecimal x = Numbers.read(a);
            BigDecimal y = Numbers.read(b);
            return x != null && y != null && x.compareTo(y) == 0;
        }
        String x = text(a, r);
        String y = text(b, r);
        r.chargeChars(x.length());
        return x.equals(y);
    }

    /** The order of two values: as numbers when both read as numbers, else as text; null when one is missing. */
    static @Nullable Integer compare(@Nullable Object left, @Nullable Object right, Rendering r) {
        if (left == null || right == null) {
            return null;
        }
        BigDecimal x = Numbers.read(left);
        BigDecimal y = Numbers.read(right);
        if (x != null && y != null) {
            return x.compareTo(y);
        }
        String a = text(left, r);
        String b = text(right, r);
        r.chargeChars(Math.min(a.length(), b.length()));
        return a.compareTo(b);
    }
}
