package leat.kernel.port;

import java.time.Instant;
import java.util.Map;

/**
 * Something outside this process that an engine leans on, and how it was when it was last needed.
 *
 * @param name as people call it: {@code PostgreSQL}
 * @param well whether it could be used
 * @param sentence where it is, or what is wrong with it and what to do; for operators, never a secret
 * @param since when it was connected, or went away
 * @param counts what was counted of it since the start, by name in lower case: {@code sent}
 * @param levels what goes up and down, by name in lower case: {@code waiting-logs}
 */
public record Part(
        String name, boolean well, String sentence, Instant since, Map<String, Long> counts, Map<String, Long> levels) {
    public Part {
        counts = Map.copyOf(counts);
        levels = Map.copyOf(levels);
    }

    /** Of which nothing goes up and down. */
    public Part(String name, boolean well, String sentence, Instant since, Map<String, Long> counts) {
        this(name, well, sentence, since, counts, Map.of());
    }

    /** Of which nothing is counted. */
    public Part(String name, boolean well, String sentence, Instant since) {
        this(name, well, sentence, since, Map.of());
    }
}
