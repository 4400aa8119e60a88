package leat.platform.cluster;

import java.io.IOException;

/** Waiting between looks at something that takes its time. */
final class Pauses {
    private Pauses() {}

    static void brief() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
