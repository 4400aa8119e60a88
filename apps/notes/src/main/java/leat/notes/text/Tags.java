package leat.notes.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tags as people type them and as they are kept: lower case, composed letters, levels with a slash between them, each tag
 * once.
 *
 * <p>What is typed is not judged here: a tag with a sign that none may have, or one too many, is for the note to refuse.
 */
public final class Tags {
    private static final Pattern BETWEEN = Pattern.compile("[,\\r\\n]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\h]+");
    private static final Pattern EDGES = Pattern.compile("^[#/\\s\\h]+|[/\\s\\h]+$");
    private static final Pattern SLASHES = Pattern.compile("-*/[/-]*");

    private static final Pattern UNFIT = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_/-]+");
    private static final Pattern BESIDE = Pattern.compile("(?<=^|/)[-/]+|[-/]+(?=/|$)");

    private Tags() {}

    /**
     * The tags in one line as a person types it, with commas between them: {@code #House/Roof, to read} is {@code
     * house/roof} and {@code to-read}.
     */
    public static List<String> typed(String line) {
        return normalized(List.of(BETWEEN.split(line)));
    }

    /** The same tags as they are kept, in their order. */
    public static List<String> normalized(List<String> tags) {
        Set<String> kept = new LinkedHashSet<>();
        for (String tag : tags) {
            String it = normalized(tag);
            if (!it.isEmpty()) {
                kept.add(it);
            }
        }
        return List.copyOf(kept);
    }

    /** One tag as it is kept; empty when nothing is left of it. */
    public static String normalized(String tag) {
        String it = Normalizer.normalize(tag.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        it = SPACE.matcher(EDGES.matcher(it).replaceAll("")).replaceAll("-");
        return EDGES.matcher(SLASHES.matcher(it).replaceAll("/")).replaceAll("");
    }

    /** One tag as it can be kept, whatever it is elsewhere: signs that no tag has become dashes. Empty when nothing is left. */
    public static String fitting(String tag) {
        return BESIDE.matcher(UNFIT.matcher(normalized(tag)).replaceAll("-")).replaceAll("");
    }

    /** A tag and all that it is nested in, the widest first: {@code a/b/c} is in {@code a} and {@code a/b} too. */
    public static List<String> levels(String tag) {
        var levels = new ArrayList<String>();
        for (int slash = tag.indexOf('/'); slash >= 0; slash = tag.indexOf('/', slash + 1)) {
            levels.add(tag.substring(0, slash));
        }
        levels.add(tag);
        return List.copyOf(levels);
    }
}
