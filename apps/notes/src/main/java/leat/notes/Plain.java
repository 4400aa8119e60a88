package leat.notes;

import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;

/** What a server says, as it may stand on a terminal: nothing in it steers that. */
final class Plain {
    private Plain() {}

    /** A member's text in one line; empty when there is none. */
    static String text(JsonNode node, String member) {
        return line(node.path(member).asString(""));
    }

    static String line(String text) {
        return without(text, Character::isISOControl);
    }

    /** A text with its lines and tabs, so that it can be piped on; without the end of the last line. */
    static String lines(String text) {
        String lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return without(lines, it -> Character.isISOControl(it) && it != '\n' && it != '\r' && it != '\t');
    }

    private static String without(String text, IntPredicate steering) {
        return text.codePoints()
                .map(it -> steering.test(it) ? ' ' : it)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
