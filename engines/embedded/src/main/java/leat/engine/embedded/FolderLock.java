package leat.engine.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import leat.kernel.port.EngineException;
import org.jspecify.annotations.Nullable;

/** Keeps a data folder to one process: a lock of the operating system on {@code leat.lock}, which names the holder. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path folder) {
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
            if (lock(channel) == null) {
                String holder = holder(channel);
                channel.close();
                throw new EngineException(
                        "The data folder " + folder + " is in use by process " + holder
                                + ". Stop that process, or choose another folder.",
                        null);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new EngineException("The data folder " + folder + " cannot be locked (" + Faults.reason(e) + ").", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
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
        } catch (IOException e) {
            throw new EngineException("The lock on the data folder cannot be released (" + Faults.reason(e) + ").", e);
        }
    }
}
