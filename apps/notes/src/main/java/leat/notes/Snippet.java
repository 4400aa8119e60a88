package leat.notes;

import java.util.ArrayList;
import java.util.List;

/** The part of a text around what was searched for, cut into pieces that are marked or not, so that nobody needs to parse it. */
final class Snippet {
    /** Characters of a snippet, and of them at most those before the first word that was found. */
    static final int LENGTH = 200;

    static final int BEFORE = 60;

    private Snippet() {}

    /** A piece of text as it was typed, not escaped. */
    record Piece(String text, boolean marked) {}

    /** A text in which nothing was searched. */
    static List<Piece> unmarked(String text) {
        return text.isEmpty() ? List.of() : List.of(new Piece(text, false));
    }

    static boolean isMarked(List<Piece> pieces) {
        return pieces.stream().anyMatch(Piece::marked);
    }

    /** The whole of a short text. */
    static List<Piece> whole(String text, SearchQuery query) {
        return pieces(text, 0, text.length(), query);
    }

    /** The beginning when nothing of it is wanted. */
    static List<Piece> around(String text, SearchQuery query) {
        int from = firstWanted(text, query) - BEFORE;
        if (from <= 0) {
            return pieces(text, 0, end(text, 0), query);
        }
        while (from > 0 && isInWord(text, from)) {
            from--;
        }
        return pieces(text, from, end(text, from), query);
    }

    private static int end(String text, int from) {
        int end = Math.min(text.length(), from + LENGTH);
        int shorter = end;
        while (shorter > from && isInWord(text, shorter)) {
            shorter--;
        }
        return shorter > from ? shorter : whole(text, end);
    }

    /** Not between the halves of a character. */
    private static int whole(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }

    private static boolean isInWord(String text, int index) {
        return index > 0
                && index < text.length()
                && isOfWord(text.codePointBefore(index))
                && (isOfWord(text.codePointAt(index)) || Character.isLowSurrogate(text.charAt(index)));
    }

    private static boolean isOfWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || SearchText.isMark(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    private static int firstWanted(String text, SearchQuery query) {
        int from = nextWord(text, 0, text.length());
        while (from < text.length()) {
            int to = wordEnd(text, from, text.length());
            if (isWanted(text.substring(from, to), query)) {
                return from;
            }
            from = nextWord(text, to, text.length());
        }
        return 0;
    }

    private static List<Piece> pieces(String text, int start, int end, SearchQuery query) {
        var pieces = new ArrayList<Piece>();
        int done = start;
        int from = nextWord(text, start, end);
        while (from < end) {
            int to = wordEnd(text, from, end);
            if (isWanted(text.substring(from, to), query)) {
                add(pieces, text.substring(done, from), false);
                add(pieces, text.substring(from, to), true);
                done = to;
            }
            from = nextWord(text, to, end);
        }
        add(pieces, text.substring(done, end), false);
        return List.copyOf(pieces);
    }

    private static void add(List<Piece> pieces, String text, boolean marked) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, marked));
        }
    }

    private static boolean isWanted(String word, SearchQuery query) {
        return SearchText.words(word).stream().anyMatch(query::marks);
    }

    private static int nextWord(String text, int from, int end) {
        int index = from;
        while (index < end && !isOfWord(text.codePointAt(index))) {
            index += Character.charCount(text.codePointAt(index));
        }
        return Math.min(index, end);
    }

    private static int wordEnd(String text, int from, int end) {
        int index = from;
        while (index < end && isOfWord(text.codePointAt(index))) {
            index += Character.charCount(text.codePointAt(index));
        }
        return Math.min(index, end);
    }
}
