package leat.mocks.definition;

/**
 * Finds template tags in a text without understanding them: enough to leave them alone.
 *
 * <p>It remembers where the next closing marks stand, so that going through a text costs what the text is long, even
 * when none of its tags is closed. Ask from left to right.
 */
final class TemplateTags {
    private static final String[] CLOSES = {"}}", "%}", "#}"};

    private final String text;
    private final int[] nextClose = {-1, -1, -1};

    TemplateTags(String text) {
        this.text = text;
    }

    /** The end of the tag that begins at {@code at}, or {@code at} when none begins there or it does not end. */
    int endOfTag(int at) {
        if (text.charAt(at) != '{' || at + 1 >= text.length()) {
            return at;
        }
        int kind = "{%#".indexOf(text.charAt(at + 1));
        if (kind < 0) {
            return at;
        }
        if (nextClose[kind] < at + 2) {
            int close = text.indexOf(CLOSES[kind], at + 2);
            nextClose[kind] = close < 0 ? Integer.MAX_VALUE : close;
        }
        return nextClose[kind] == Integer.MAX_VALUE ? at : nextClose[kind] + 2;
    }

    /** Whether the text may hold a tag, so that it is worth compiling. */
    static boolean mayHold(String text) {
        return text.contains("{{") || holdBlocks(text);
    }

    /** Whether the text holds tags that decide what else is shown. */
    static boolean holdBlocks(String text) {
        return text.contains("{%") || text.contains("{#");
    }
}
