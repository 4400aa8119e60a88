package leat.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What somebody searches for: {@code roof "slate tiles" -moss}. All words must be there, those in quotes one behind the
 * other, and none behind a minus. The last word may be the beginning of one, for people search as they type; a single letter is a
 * word by itself.
 *
 * @param wanted phrases of one word or more
 * @param unwanted phrases likewise
 * @param open whether the last wanted phrase may go on
 */
record SearchQuery(List<List<String>> wanted, List<List<String>> unwanted, boolean open) {
    /** Characters of a query that are read, and phrases. */
    static final int MAX_TEXT = 500;

    static final int MAX_PHRASES = 20;

    private static final Pattern PART = Pattern.compile("(-?)(?:\"([^\"]*)\"|(\\S+))");

    SearchQuery {
        wanted = List.copyOf(wanted);
        unwanted = List.copyOf(unwanted);
    }

    static SearchQuery of(String text) {
        var wanted = new ArrayList<List<String>>();
        var unwanted = new ArrayList<List<String>>();
        boolean open = false;
        Matcher parts = PART.matcher(text.substring(0, Math.min(MAX_TEXT, text.length())));
        while (parts.find() && wanted.size() + unwanted.size() < MAX_PHRASES) {
            boolean quoted = parts.group(2) != null;
            List<String> words = SearchText.words(quoted ? parts.group(2) : parts.group(3));
            if (!words.isEmpty()) {
                boolean not = !parts.group(1).isEmpty();
                (not ? unwanted : wanted).add(words);
                open = not ? open : !quoted && words.getLast().length() > 1;
            }
        }
        return new SearchQuery(wanted, unwanted, open);
    }

    /** Whether there is nothing to look for. */
    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** Whether a title and tags have all words that are wanted. */
    boolean isCoveredBy(String title, List<String> tags) {
        List<String> words = SearchText.words(title + " " + String.join(" ", tags));
        return IntStream.range(0, wanted.size())
                .allMatch(i -> wanted.get(i).stream()
                        .allMatch(it -> words.contains(it)
                                || (mayGoOn(i) && words.stream().anyMatch(begun -> begun.startsWith(it)))));
    }

    private boolean mayGoOn(int phrase) {
        return open && phrase == wanted.size() - 1;
    }

    /** Whether a word of a text is one that is wanted. */
    boolean marks(String word) {
        for (int i = 0; i < wanted.size(); i++) {
            List<String> phrase = wanted.get(i);
            if (phrase.contains(word) || (mayGoOn(i) && word.startsWith(phrase.getLast()))) {
                return true;
            }
        }
        return false;
    }
}
