package leat.platform.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import leat.kernel.port.Engine;
import leat.kernel.runtime.Folds;

/**
 * All that a Leat keeps, as one zip file that any engine writes and any other takes in.
 *
 * <p>Events, the keys of people, command ids, claims, processes, tasks, blobs and logs travel. Views and snapshots do not, because they are
 * made anew; neither do leases, nor the access log. People's password hashes and the hashes of tokens are in it: it is as
 * secret as the data folder.
 */
public final class Archive {
    private Archive() {}

    /**
     * Writes an archive while the engine is at work; what happens meanwhile is not in it.
     *
     * @param folds sums up what the events fold to
     * @param says what is going on, about once a second
     */
    public static Manifest write(Engine engine, Folds folds, String release, OutputStream out, Consumer<String> says)
            throws IOException {
        return new ArchiveWriter(engine, folds, new Progress(says)).write(release, out);
    }

    /**
     * Takes an archive into an engine without events, on which no node runs, and compares what arrived with what had left;
     * what the entities fold to is compared when the releases are the same.
     *
     * @throws ArchiveException with a sentence; the engine is then of no use and is to be emptied
     */
    public static Manifest load(Path file, Engine engine, Folds folds, String release, Consumer<String> says)
            throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            reader.load(engine, folds, release, new Progress(says));
            return reader.manifest();
        }
    }

    /** What is in an archive, by its own account. */
    public static Manifest manifest(Path file) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            return reader.manifest();
        }
    }
}
