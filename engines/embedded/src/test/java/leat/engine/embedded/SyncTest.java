package leat.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every acknowledgement comes after a sync of the write-ahead log, seen from outside the process. */
class SyncTest {
    private static final int GROUPS = 25;
    /** {@code 123 fdatasync(7</data/journal.db-wal>) = 0}, also in two halves when another thread cut in. */
    private static final Pattern CALL = Pattern.compile("(?<thread>\\d+) +(<\\.\\.\\. )?(?<name>[a-z0-9]+)(?<rest>.*)");

    @TempDir
    Path folder;

    @Test
    void a_sync_lies_between_the_write_of_a_group_and_its_acknowledgement() throws Exception {
        Path trace = folder.resolve("trace");
        List<String> strace = List.of(
                "strace", "-f", "-y", "-s", "40", "-e", "trace=fdatasync,fsync,write,pwrite64", "-o", trace.toString());
        Process child = Child.start(strace, folder.resolve("data"), 0, GROUPS * 3, 3);
        try (BufferedReader output = Child.output(child)) {
            assertThat(output.readAllLines()).hasSize(GROUPS + 2).endsWith("end");
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledgements(Files.readAllLines(trace))).hasSize(GROUPS).allMatch(synced -> synced);
    }

    /** For each acknowledgement whether, since the one before, the log was written and then synced to the end. */
    private static List<Boolean> acknowledgements(List<String> trace) {
        List<Boolean> acknowledged = new ArrayList<>();
        boolean written = false;
        boolean synced = false;
        List<String> syncing = new ArrayList<>();
        for (String line : trace) {
            Matcher call = CALL.matcher(line);
            if (!call.matches()) {
                continue;
            }
            String thread = call.group("thread");
            String name = call.group("name");
            String rest = call.group("rest");
            boolean log = rest.contains("journal.db-wal>");
            boolean begun = rest.startsWith("(");
            boolean ended = rest.endsWith("= 0");
            if (name.equals("pwrite64") && log) {
                written = true;
                synced = false;
            } else if (name.endsWith("sync") && begun && log && ended) {
                synced = written;
            } else if (name.endsWith("sync") && begun && log) {
                syncing.add(thread);
            } else if (name.endsWith("sync") && !begun && ended && syncing.remove(thread)) {
                synced = written;
            } else if (name.equals("write") && begun && rest.contains("\"done ")) {
                acknowledged.add(written && synced);
                written = false;
                synced = false;
            }
        }
        return acknowledged;
    }
}
