package leat.notes.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What an import found. A dry run is one whose documents nobody keeps.
 *
 * @param documents how many were read
 * @param skipped the first {@value #MAX_NAMED} of what was left out
 * @param skippedCount how many were left out
 */
public record Imported(int documents, List<Skipped> skipped, int skippedCount) {
    static final int MAX_NAMED = 1_000;

    /** @param why a sentence */
    public record Skipped(String name, String why) {}

    public Imported {
        skipped = List.copyOf(skipped);
    }

    /** Counts while the import goes on. */
    static final class Count {
        private final List<Skipped> skipped = new ArrayList<>();
        private int documents;
        private int skippedCount;

        void document() {
            documents++;
        }

        void skipped(String name, String why) {
            skippedCount++;
            if (skipped.size() < MAX_NAMED) {
                skipped.add(new Skipped(name, why));
            }
        }

        Imported done() {
            return new Imported(documents, skipped, skippedCount);
        }
    }
}
