package leat.mocks.template;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import leat.mocks.template.TemplateLimitException.Limit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a value as compact JSON that is always valid: members in their order, numbers with their digits. */
final class JsonText {
    private static final byte[] NULL = Utf8Buffer.bytesOf("null");
    private static final byte[] TRUE = Utf8Buffer.bytesOf("true");
    private static final byte[] FALSE = Utf8Buffer.bytesOf("false");

    private JsonText() {}

    static String of(@Nullable Object value, Rendering r) {
        Utf8Buffer buffer = new Utf8Buffer(128);
        write(value, buffer, r);
        r.chargeChars(buffer.size());
        return buffer.toString();
    }

    static void write(@Nullable Object value, Utf8Buffer out, Rendering r) {
        write(Values.plain(value), out, r, 0);
    }

    private static void write(@Nullable Object value, Utf8Buffer out, Rendering r, int depth) {
        switch (value) {
            case null -> out.write(NULL);
            case String s -> out.jsonString(s);
            case Number n -> out.text(Numbers.text(n));
            case Boolean b -> out.write(b ? TRUE : FALSE);
            case JsonFragment json -> out.text(json.text());
            case Map<?, ?> map -> {
                Members members = new Members(out, r, depth);
                map.forEach((name, item) -> members.add(String.valueOf(name), item));
                members.close();
            }
            case ObjectNode object -> {
                Members members = new Members(out, r, depth);
                object.forEachEntry(members::add);
                members.close();
            }
            case List<?> list -> array(list, out, r, depth);
            case ArrayNode array -> array(array, out, r, depth);
            case Instant _, Repeated _, Markup _, Abbreviation _, ForLoop _ -> out.jsonString(Values.text(value, r));
            default ->
                throw r.fail(
                        "template.unknown-value",
                        "a value of type " + value.getClass().getName() + " has no text.");
        }
    }

    private static void array(Iterable<?> items, Utf8Buffer out, Rendering r, int depth) {
        nested(r, depth);
        out.write('[');
        boolean first = true;
        int count = 0;
        for (Object item : items) {
            if (!first) {
                out.write(',');
            }
            first = false;
            write(Values.plain(item), out, r, depth + 1);
            count++;
        }
        out.write(']');
        r.chargeItems(count);
    }

    private static void nested(Rendering r, int depth) {
        if (depth >= TemplateLimits.MAX_VALUE_NESTING) {
            throw r.limit(Limit.VALUE_NESTING);
        }
    }

    /** The members of one object, written as they come. */
    private static final class Members {
        private final Utf8Buffer out;
        private final Rendering r;
        private final int depth;
        private int count;

        Members(Utf8Buffer out, Rendering r, int depth) {
            nested(r, depth);
            this.out = out;
            this.r = r;
            this.depth = depth;
            out.write('{');
        }

        void add(String name, @Nullable Object item) {
            if (count++ > 0) {
                out.write(',');
            }
            out.jsonString(name);
            out.write(':');
            write(Values.plain(item), out, r, depth + 1);
        }

        void close() {
            out.write('}');
            r.chargeItems(count);
        }
    }
}
