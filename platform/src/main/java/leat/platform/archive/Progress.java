package leat.platform.archive;

import java.util.Locale;
import java.util.function.Consumer;

/** Says every second how much has passed. */
final class Progress {
    private static final long TICK_NANOS = 1_000_000_000;

    private final Consumer<String> says;
    private long told = System.nanoTime();
    private String what = "";
    private long count;

    Progress(Consumer<String> says) {
        this.says = says;
    }

    void next(String kind) {
        if (!kind.equals(what)) {
            what = kind;
            count = 0;
        }
        count++;
        if (System.nanoTime() - told >= TICK_NANOS) {
            told = System.nanoTime();
            says.accept(String.format(Locale.ROOT, "%,d %s…", count, what));
        }
    }
}
