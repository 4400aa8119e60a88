package leat.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import leat.kernel.port.Blobs;
import leat.kernel.port.EngineException;
import leat.kernel.port.Logs;

/** Blobs and logs in a folder of one process, for an engine that keeps its journal elsewhere. */
public final class LocalFiles implements AutoCloseable {
    private final FolderLock lock;
    private final FileBlobs blobs;
    private final FileLogs logs;

    private LocalFiles(FolderLock lock, Path folder) throws IOException {
        this.lock = lock;
        this.blobs = new FileBlobs(folder.resolve("blobs"));
        this.logs = new FileLogs(folder.resolve("logs"));
    }

    /**
     * Opens a folder, making it when it is new.
     *
     * @throws EngineException when the folder is in use by another process, or cannot be written
     */
    public static LocalFiles open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        FolderLock lock = FolderLock.take(folder);
        try {
            return new LocalFiles(lock, folder);
        } catch (IOException e) {
            lock.close();
            throw unusable(folder, e);
        }
    }

    private static EngineException unusable(Path folder, IOException fault) {
        return new EngineException(
                "The data folder " + folder + " cannot be used (" + Faults.reason(fault)
                        + "). Make it writable for this user, with room, or choose another folder.",
                fault);
    }

    public Blobs blobs() {
        return blobs;
    }

    public Logs logs() {
        return logs;
    }

    /** Ends followers, syncs the logs, and gives the folder free. */
    @Override
    public void close() {
        try (lock) {
            logs.close();
        } catch (IOException e) {
            throw new EngineException("The logs could not be synced when closing (" + Faults.reason(e) + ").", e);
        }
    }
}
