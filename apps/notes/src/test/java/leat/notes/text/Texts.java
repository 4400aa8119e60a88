package leat.notes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts of a few lines that are often alike, and changes of them. */
final class Texts {
    private static final List<String> LINES =
            List.of("", "a", "b", "c", "one two three", "one 2 three", "\r", "😀", "=======");

    private Texts() {}

    static List<String> lines(Random random) {
        var lines = new ArrayList<String>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            lines.add(LINES.get(random.nextInt(LINES.size())));
        }
        return lines;
    }

    /** Some lines taken out, some put in; never none at all. */
    static List<String> changed(Random random, List<String> before) {
        var lines = new ArrayList<>(before);
        for (int i = random.nextInt(4); i > 0; i--) {
            if (lines.size() > 1 && random.nextInt(3) == 0) {
                lines.remove(random.nextInt(lines.size()));
            } else if (random.nextBoolean()) {
                lines.set(random.nextInt(lines.size()), written(random));
            } else {
                lines.add(random.nextInt(lines.size() + 1), written(random));
            }
        }
        return lines;
    }

    private static String written(Random random) {
        return random.nextInt(4) == 0 ? LINES.get(random.nextInt(LINES.size())) : "new " + random.nextInt(1_000);
    }
}
