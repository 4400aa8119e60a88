package leat.engine.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import leat.kernel.port.EngineException;

/**
 * Keeps a data folder to one process: a lock of the operating system on {@code leat.lock}, which names the holder.
 *
 * <p>Such a lock belongs to the process and is lost as soon as the process closes the file anywhere, so folders that
 * this process holds are known without touching the file.
 */
final class FolderLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static FolderLock take(Path folder) {
        Path real;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            throw new EngineException("The data folder " + folder + " cannot be read (" + Faults.reason(e) + ").", e);
        }
        if (!HELD.add(real)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        boolean taken = false;
        try {
            FolderLock lock = lock(folder, real);
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(real);
            }
        }
    }

    private static EngineException inUse(Path folder, String process) {
        return new EngineException(
                "The data folder " + folder + " is in use by process " + process
                        + ". Stop that process, or choose another folder.",
                null);
    }

    private static FolderLock lock(Path folder, Path real) {
        Path file = folder.resolve("leat.lock");
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new EngineException(
                    "The data folder " + folder + " cannot be written (" + Faults.reason(e)
                            + "). Make it writable for this user, or choose another folder.",
                    e);
        }
        try {
            if (channel.tryLock() == null) {
                String holder = holder(channel);
                channel.close();
                throw inUse(folder, holder);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
            return new FolderLock(real, channel);
        } catch (IOException e) {
            throw new EngineException("The data folder " + folder + " cannot be locked (" + Faults.reason(e) + ").", e);
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        int read = channel.read(pid, 0);
        return read <= 0 ? "(unknown)" : new String(pid.array(), 0, read, UTF_8);
    }

    @Override
    public void close() {
        try {
            channel.close();
            HELD.remove(folder);
        } catch (IOException e) {
            throw new EngineException("The lock on the data folder cannot be released (" + Faults.reason(e) + ").", e);
        }
    }
}
