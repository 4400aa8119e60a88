package leat.notes.files;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What attached files are called: names that every common file system takes, so that they can be written out again. */
public final class FileName {
    /** Code points of a name, its ending included. */
    public static final int MAX = 120;

    private static final int MAX_ENDING = 16;
    private static final Pattern UNFIT =
            Pattern.compile("[\\\\/:*?\"<>|\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}\\p{Co}]+");
    private static final Pattern EDGES = Pattern.compile("^[.\\s\\h]+|[.\\s\\h]+$");

    /** What Windows keeps for devices, also with an ending. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private FileName() {}

    /** The name that is most like what somebody calls a file; a name that fits stays as it is. */
    public static String fitting(String called) {
        String name = Normalizer.normalize(called, Normalizer.Form.NFC);
        name = EDGES.matcher(UNFIT.matcher(name).replaceAll("-")).replaceAll("");
        if (name.isEmpty()) {
            return "file";
        }
        return DEVICE.matcher(name).matches() ? shortened("_" + name, MAX) : shortened(name, MAX);
    }

    /** The name for the {@code number}-th file that is called so, from 1. */
    public static String numbered(String name, int number) {
        if (number == 1) {
            return name;
        }
        String mark = " (" + number + ")";
        String ending = ending(name);
        String bare = name.substring(0, name.length() - ending.length());
        return start(bare, MAX - mark.length() - length(ending)) + mark + ending;
    }

    /** What is the same for two names of which a file system takes only one. */
    public static String key(String name) {
        return Normalizer.normalize(
                Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static String shortened(String name, int most) {
        if (length(name) <= most) {
            return name;
        }
        String ending = ending(name);
        return start(name, most - length(ending)) + ending;
    }

    /** {@code .png}, or nothing. */
    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 || name.length() - dot > MAX_ENDING ? "" : name.substring(dot);
    }

    private static String start(String text, int most) {
        String start = length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
        return EDGES.matcher(start).replaceAll("");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
