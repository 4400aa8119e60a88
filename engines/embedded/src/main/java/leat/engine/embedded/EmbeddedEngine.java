package leat.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import leat.kernel.port.Blobs;
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.EngineException;
import leat.kernel.port.Journal;
import leat.kernel.port.Keys;
import leat.kernel.port.LocalBus;
import leat.kernel.port.Logs;
import leat.kernel.port.MasterKey;
import leat.kernel.port.ViewStore;
import leat.kernel.sql.SqlException;

/** Everything in one folder of one process; the folder can be moved to another machine while no process has it open. */
public final class EmbeddedEngine implements Engine {
    private final FolderLock lock;
    private final SqliteJournal journal;
    private final SqliteKeys keys;
    private final MasterKey masterKey;
    private final SqliteViews views;
    private final FileBlobs blobs;
    private final FileLogs logs;
    private final LocalBus bus = new LocalBus();
    private boolean closed;

    private EmbeddedEngine(FolderLock lock, SqliteJournal journal, Path folder, EmbeddedSettings settings)
            throws IOException {
        this.lock = lock;
        this.journal = journal;
        this.keys = SqliteKeys.open(folder.resolve("keys.db"), settings, journal::emptyLog);
        this.masterKey = masterKey(folder);
        this.views = new SqliteViews(folder.resolve("views"), settings);
        this.blobs = new FileBlobs(folder.resolve("blobs"));
        this.logs = new FileLogs(folder.resolve("logs"));
    }

    private MasterKey masterKey(Path folder) {
        try {
            return MasterKeyFile.of(folder, keys);
        } catch (EngineException e) {
            keys.close();
            throw e;
        }
    }

    /**
     * Opens a data folder, making it when it is new.
     *
     * @throws EngineException when the folder is in use by another process, cannot be written, is damaged, or was written
     *     by a newer release
     */
    public static EmbeddedEngine open(Path folder, EmbeddedSettings settings) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new EngineException(
                    "The data folder " + folder + " cannot be made (" + Faults.reason(e)
                            + "). Make its parent writable for this user, or choose another folder.",
                    e);
        }
        FolderLock lock = FolderLock.take(folder);
        try {
            SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"), settings);
            try {
                Disk.syncFolder(folder);
                return new EmbeddedEngine(lock, journal, folder, settings);
            } catch (SqlException e) {
                journal.close();
                throw new EngineException(Faults.sentence(folder.resolve("keys.db"), e), e);
            } catch (EngineException e) {
                journal.close();
                throw e;
            } catch (IOException e) {
                journal.close();
                throw new EngineException(
                        "The data folder " + folder + " cannot be used (" + Faults.reason(e)
                                + "). Check that it is writable for this user and has room.",
                        e);
            }
        } catch (EngineException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public MasterKey masterKey() {
        return masterKey;
    }

    @Override
    public ViewStore views() {
        return views;
    }

    @Override
    public Blobs blobs() {
        return blobs;
    }

    @Override
    public Logs logs() {
        return logs;
    }

    @Override
    public Bus bus() {
        return bus;
    }

    /** Ends followers and listeners, syncs the logs, and gives the folder free. Closing twice is fine. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        bus.close();
        try (lock) {
            views.close();
            journal.close();
            keys.close();
            logs.close();
        } catch (IOException e) {
            throw new EngineException("The logs could not be synced when closing (" + Faults.reason(e) + ").", e);
        }
    }
}
