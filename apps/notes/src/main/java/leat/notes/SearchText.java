package leat.notes;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Text as it is searched: words of letters and digits in lower case, without accents. Both the notes and what is asked for
 * are brought into this form here, so that every engine finds the same.
 *
 * <p>A script that is written without spaces, such as Chinese, makes long words, of which only the beginnings are found.
 */
final class SearchText {
    /** Characters of a text that are searched, and of a word that are compared. */
    static final int MAX_TEXT = 100_000;

    static final int MAX_WORD = 64;

    private SearchText() {}

    /** The words of a text, in their order. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
        int at = 0;
        for (int read = 0; at < plain.length() && read < MAX_TEXT; read++) {
            int it = plain.codePointAt(at);
            at += Character.charCount(it);
            if (Character.isLetterOrDigit(it)) {
                word.appendCodePoint(Character.toLowerCase(it));
            } else if (!isMark(it)) {
                end(word, words);
            }
        }
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            int length = Math.min(MAX_WORD, word.codePointCount(0, word.length()));
            words.add(word.substring(0, word.offsetByCodePoints(0, length)));
            word.setLength(0);
        }
    }

    /** Accents and the like, which belong to the letter before them. */
    static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
