package leat.engine.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import leat.kernel.port.Logs;

/** Logs as folders of segment files; those lately used stay open. */
final class FileLogs implements Logs, AutoCloseable {
    /** Logs kept open, beside those that are followed or hold what is not synced. */
    static final int MAX_OPEN = 128;

    private final Path folder;
    private final Map<String, FileLog> open = new LinkedHashMap<>(64, 0.75f, true);

    FileLogs(Path folder) throws IOException {
        this.folder = folder;
        Disk.makeFolders(folder, folder);
    }

    private FileLog log(String name) throws IOException {
        Logs.checked(name);
        synchronized (open) {
            FileLog log = open.get(name);
            if (log == null) {
                makeRoom();
                log = new FileLog(folder, name);
                open.put(name, log);
            }
            return log;
        }
    }

    private void makeRoom() throws IOException {
        Iterator<FileLog> oldest = open.values().iterator();
        while (open.size() >= MAX_OPEN && oldest.hasNext()) {
            FileLog log = oldest.next();
            if (log.idle()) {
                log.closeChannel();
                oldest.remove();
            }
        }
    }

    @Override
    public long append(String log, byte[] bytes) throws IOException {
        if (bytes.length > MAX_APPEND) {
            throw new IllegalArgumentException(
                    "one append takes at most " + MAX_APPEND + " bytes, not " + bytes.length);
        }
        return log(log).append(bytes);
    }

    @Override
    public void sync(String log) throws IOException {
        log(log).sync();
    }

    @Override
    public void seal(String log) throws IOException {
        log(log).seal();
    }

    @Override
    public byte[] read(String log, long offset, int limit) throws IOException {
        return log(log).read(offset, limit);
    }

    @Override
    public long size(String log) throws IOException {
        return log(log).tail().size();
    }

    @Override
    public boolean sealed(String log) throws IOException {
        return log(log).tail().ended();
    }

    @Override
    public AutoCloseable follow(String log, long offset, Consumer<Piece> next, Runnable ended) throws IOException {
        FileLog followed;
        synchronized (open) {
            followed = log(log);
            followed.followed(1);
        }
        AutoCloseable following = followed.tail().follow(log, offset, followed::read, next, ended);
        return () -> {
            following.close();
            followed.followed(-1);
        };
    }

    @Override
    public void each(Consumer<String> listener) throws IOException {
        try (var files = Files.walk(folder)) {
            files.filter(FileLog::isPart)
                    .map(file -> folder.relativize(file.getParent()).toString())
                    .distinct()
                    .forEach(listener);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void remove(String log) throws IOException {
        Logs.checked(log);
        synchronized (open) {
            log(log).remove();
            open.remove(log);
        }
    }

    /** Syncs what is not yet synced and ends all followers. */
    @Override
    public void close() throws IOException {
        synchronized (open) {
            for (FileLog log : open.values()) {
                log.sync();
                log.tail().end();
                log.closeChannel();
            }
            open.clear();
        }
    }
}
