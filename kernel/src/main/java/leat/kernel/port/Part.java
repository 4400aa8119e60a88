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
 */
public record Part(String name, boolean well, String sentence, Instant since, Map<String, Long> counts) {
    public Part {
        counts = Map.copyOf(counts);
    }

    /** Of which nothing is counted. */
    public Part(String name, boolean well, String sentence, Instant since) {
        this(name, well, sentence, since, Map.of());
    }
}
