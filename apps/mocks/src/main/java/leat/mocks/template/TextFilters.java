package leat.mocks.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Filters that make text from text. Lengths and positions count characters as people do, never half of a pair. */
final class TextFilters {
    private static final int MAX_WIDTH = 10_000;

    static final List<Filter> ALL = List.of(
            Filter.of("upper", "", a -> Filter.text((text, r) -> text.toUpperCase(Locale.ROOT))),
            Filter.of("lower", "", a -> Filter.text((text, r) -> text.toLowerCase(Locale.ROOT))),
            Filter.of("capitalize", "", a -> Filter.text((text, r) -> capitalize(text))),
            Filter.of("title", "", a -> Filter.text((text, r) -> title(text))),
            Filter.of("center", "integer", a -> {
                int width = a.integer(0, 0, MAX_WIDTH);
                return Filter.text((text, r) -> center(text, width));
            }),
            Filter.of("addslashes", "", a -> Filter.text((text, r) -> addSlashes(text))),
            Filter.of("remove", "text", a -> {
                String unwanted = a.text(0);
                return Filter.text((text, r) -> remove(text, unwanted, r));
            }),
            Filter.of("replace", "text text", a -> {
                String search = a.text(0);
                String replacement = a.text(1);
                if (search.isEmpty()) {
                    throw new IllegalArgumentException("The text to replace must not be empty.");
                }
                return Filter.text((text, r) -> replace(text, search, replacement, r));
            }),
            Filter.of("subs", "integer integer text?", a -> {
                int start = a.integer(0, 0, Integer.MAX_VALUE);
                int end = a.integer(1, 0, Integer.MAX_VALUE);
                String more = a.text(2, "");
                return Filter.text((text, r) -> subs(text, start, end, more));
            }),
            Filter.of("linenumbers", "", a -> Filter.text((text, r) -> lineNumbers(text))),
            Filter.of("urlescape", "", a -> Filter.text((text, r) -> URLEncoder.encode(text, StandardCharsets.UTF_8))));

    private TextFilters() {}

    /** The first so many characters. */
    static String first(String text, int count) {
        return text.substring(0, index(text, count));
    }

    /** The index after the first so many characters, or the end. */
    static int index(String text, int count) {
        int at = 0;
        for (int i = 0; i < count && at < text.length(); i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = index(text, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static String title(String text) {
        StringBuilder titled = new StringBuilder(text.length());
        int start = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', start)) {
            titled.append(capitalize(text.substring(start, space))).append(' ');
            start = space + 1;
        }
        return titled.append(capitalize(text.substring(start))).toString();
    }

    private static String center(String text, int width) {
        int missing = width - text.codePointCount(0, text.length());
        return missing <= 0 ? text : " ".repeat((missing + 1) / 2) + text + " ".repeat(missing / 2);
    }

    private static String addSlashes(String text) {
        StringBuilder slashed = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                slashed.append('\\');
            }
            slashed.append(c);
        }
        return slashed.toString();
    }

    private static String remove(String text, String unwanted, Rendering r) {
        r.chargeChars((int) Math.min(Integer.MAX_VALUE, (long) text.length() * unwanted.length() / 16));
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> unwanted.indexOf(c) < 0).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static String replace(String text, String search, String replacement, Rendering r) {
        StringBuilder replaced = new StringBuilder(text.length());
        int start = 0;
        for (int found = text.indexOf(search); found >= 0; found = text.indexOf(search, start)) {
            replaced.append(text, start, found).append(replacement);
            start = found + search.length();
            if (replaced.length() > TemplateLimits.MAX_OUTPUT_BYTES) {
                throw r.limit(TemplateLimitException.Limit.OUTPUT);
            }
        }
        return replaced.append(text, start, text.length()).toString();
    }

    /** A piece of the text, followed by more when the piece is not all; the text itself when it is too short. */
    private static String subs(String text, int start, int end, String more) {
        int length = text.codePointCount(0, text.length());
        if (start > end || end > length) {
            return text;
        }
        String piece = text.substring(index(text, start), index(text, end));
        return piece.length() == text.length() ? piece : piece + more;
    }

    private static String lineNumbers(String text) {
        StringBuilder numbered = new StringBuilder(text.length() + 32);
        int number = 1;
        for (String line : text.split("\n", -1)) {
            numbered.append(number == 1 ? "" : "\n").append(number).append(". ").append(line);
            number++;
        }
        return numbered.toString();
    }
}
