package leat.notes.text;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names for files that every common file system takes, made of titles; each name once in its folder. */
final class FileNames {
    private static final int MAX_CODE_POINTS = 80;
    private static final Pattern UNFIT =
            Pattern.compile("[\\\\/:*?\"<>|\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}\\p{Co}]+");
    private static final Pattern EDGES = Pattern.compile("^[.\\s\\h]+|[.\\s\\h]+$");

    /** What Windows keeps for devices, also with an ending. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private final Set<String> taken = new HashSet<>();

    /** A path with slashes that has not been given before. */
    String of(String folder, String title, String ending) {
        var path = new StringBuilder();
        for (String part : folder.split("/", -1)) {
            if (!part.isBlank()) {
                // So that no folder of notes is taken for that of a note's files.
                String name = fit(part);
                path.append(name).append(name.endsWith(MarkdownZip.FILES) ? "-/" : "/");
            }
        }
        path.append(fit(title));
        String name = path + ending;
        for (int i = 2; !taken.add(same(name)); i++) {
            name = path + " (" + i + ")" + ending;
        }
        return name;
    }

    /** Some file systems do not tell capitals from small letters, nor a letter typed in two ways. */
    private static String same(String name) {
        return Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static String fit(String title) {
        String name = UNFIT.matcher(title).replaceAll("-");
        int end = name.offsetByCodePoints(0, Math.min(MAX_CODE_POINTS, name.codePointCount(0, name.length())));
        name = EDGES.matcher(name.substring(0, end)).replaceAll("");
        if (name.isEmpty()) {
            return "note";
        }
        return DEVICE.matcher(name).matches() ? "_" + name : name;
    }
}
