package leat.mocks.definition;

/** Finds template tags in text without understanding them: enough to leave them alone. */
final class TemplateTags {
    /** A longer tag is taken for text, so that many unclosed ones stay cheap. */
    static final int TAG_CHARACTERS = 1_024;

    private TemplateTags() {}

    /** The end of the tag that begins at {@code at}, or {@code at} when none begins there or it does not end. */
    static int endOfTag(String text, int at) {
        if (text.charAt(at) != '{' || at + 1 >= text.length()) {
            return at;
        }
        String close = switch (text.charAt(at + 1)) {
            case '{' -> "}}";
            case '%' -> "%}";
            case '#' -> "#}";
            default -> "";
        };
        if (close.isEmpty()) {
            return at;
        }
        int end = text.indexOf(close, at + 2, Math.min(text.length(), at + TAG_CHARACTERS));
        return end < 0 ? at : end + 2;
    }

    /** Whether the text may hold a tag, so that it is worth compiling. */
    static boolean mayHold(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("{#");
    }

    /** Whether the text holds tags that decide what else is shown. */
    static boolean holdBlocks(String text) {
        return text.contains("{%") || text.contains("{#");
    }
}
