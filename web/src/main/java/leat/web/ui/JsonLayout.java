package leat.web.ui;

/**
 * Lays JSON out for reading, one member a line, without changing a character of its names, numbers and texts.
 *
 * <p>It goes by brackets and commas alone and never parses, so that a body that was cut off, or that is not quite JSON, is
 * shown as far as it goes. Below {@value #DEEPEST} levels nothing is broken into lines any more, which keeps the result
 * within {@code 2 × DEEPEST + 2} characters for each one given.
 */
public final class JsonLayout {
    static final int DEEPEST = 40;

    private final String text;
    private final StringBuilder out;
    private int depth;

    private JsonLayout(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length() * 2);
    }

    /** The text laid out; as it is when it begins like no object and no list. */
    public static String of(String text) {
        String whole = text.strip();
        return whole.startsWith("{") || whole.startsWith("[") ? new JsonLayout(whole).laidOut() : text;
    }

    private String laidOut() {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"' -> at = copyString(at);
                case '{', '[' -> at = open(c, at);
                case '}', ']' -> close(c);
                case ',' -> {
                    out.append(c);
                    breakLine();
                }
                case ':' -> out.append(": ");
                case ' ', '\t', '\r', '\n' -> {}
                default -> {
                    if (at > 0
                            && Character.isWhitespace(text.charAt(at - 1))
                            && !Character.isWhitespace(out.charAt(out.length() - 1))) {
                        out.append(' ');
                    }
                    out.append(c);
                }
            }
        }
        return out.toString();
    }

    /** Copies the string that begins there; gives where it ends. */
    private int copyString(int begin) {
        int at = begin + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        int end = Math.min(at, text.length() - 1);
        out.append(text, begin, end + 1);
        return end;
    }

    /** Opens an object or a list; an empty one stays on its line. */
    private int open(char bracket, int at) {
        out.append(bracket);
        int next = at + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next < text.length() && text.charAt(next) == (bracket == '{' ? '}' : ']')) {
            out.append(text.charAt(next));
            return next;
        }
        depth++;
        breakLine();
        return at;
    }

    private void close(char bracket) {
        boolean wasBroken = depth <= DEEPEST;
        depth = Math.max(0, depth - 1);
        if (wasBroken) {
            out.append('\n').repeat("  ", depth);
        }
        out.append(bracket);
    }

    private void breakLine() {
        if (depth <= DEEPEST) {
            out.append('\n').repeat("  ", depth);
        }
    }
}
