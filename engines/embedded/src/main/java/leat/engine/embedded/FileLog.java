package leat.engine.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import leat.kernel.port.LogTail;
import org.jspecify.annotations.Nullable;

/**
 * One log as segment files in a folder, each named for the offset at which it begins: the names are the index.
 *
 * <p>A segment is synced before the next one is begun, so that after a crash only the last can have lost bytes, and only
 * such as were never synced; nothing is ever cut off. The folder may hold the folders of longer names; an {@code @} sets
 * its own files apart, because no name has one.
 */
final class FileLog {
    /** Most bytes of a segment file: 8 MiB. */
    static final int SEGMENT_BYTES = 8 << 20;

    private static final String SEALED = "@sealed";

    private final Path root;
    private final Path folder;
    private final String name;
    private final TreeMap<Long, Path> segments = new TreeMap<>();
    private final LogTail tail;
    private @Nullable FileChannel last;
    private long lastStart;
    private boolean unsynced;
    private int followers;

    FileLog(Path root, String name) throws IOException {
        this.root = root;
        this.folder = root.resolve(name);
        this.name = name;
        long size = 0;
        boolean sealed = false;
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "@*.log")) {
                for (Path file : files) {
                    String number = file.getFileName().toString().substring(1, 17);
                    segments.put(Long.parseLong(number), file);
                }
            }
            for (Map.Entry<Long, Path> segment : segments.entrySet()) {
                if (segment.getKey() != size) {
                    throw new IOException("log " + name + " is damaged: bytes from " + size + " to " + segment.getKey()
                            + " are missing in " + folder);
                }
                size += Files.size(segment.getValue());
            }
            sealed = Files.exists(folder.resolve(SEALED));
        }
        this.tail = new LogTail(size, sealed);
    }

    /** Whether a file belongs to the log that its folder is. */
    static boolean isPart(Path file) {
        return file.getFileName().toString().startsWith("@");
    }

    LogTail tail() {
        return tail;
    }

    synchronized long append(byte[] bytes) throws IOException {
        if (tail.ended()) {
            throw new IOException("log " + name + " is sealed; nothing can be appended");
        }
        long size = tail.size();
        FileChannel channel = channel(size, bytes.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long at = size - lastStart;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
        unsynced = true;
        tail.grow(size + bytes.length);
        return size + bytes.length;
    }

    private FileChannel channel(long size, int more) throws IOException {
        FileChannel channel = last;
        if (channel == null && !segments.isEmpty()) {
            lastStart = segments.lastKey();
            channel = FileChannel.open(segments.lastEntry().getValue(), StandardOpenOption.WRITE);
        }
        if (channel != null && size > lastStart && size - lastStart + more > SEGMENT_BYTES) {
            channel.force(true);
            channel.close();
            channel = null;
        }
        if (channel == null) {
            Disk.makeFolders(root, folder);
            Path file = folder.resolve("@%016d.log".formatted(size));
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lastStart = size;
            segments.put(size, file);
            Disk.syncFolder(folder);
        }
        last = channel;
        return channel;
    }

    synchronized void sync() throws IOException {
        if (unsynced && last != null) {
            last.force(true);
            unsynced = false;
        }
    }

    synchronized void seal() throws IOException {
        if (!tail.ended()) {
            sync();
            Disk.makeFolders(root, folder);
            Path mark = folder.resolve(SEALED);
            if (!Files.exists(mark)) {
                Files.createFile(mark);
            }
            Disk.syncFolder(folder);
            tail.end();
            closeChannel();
        }
    }

    byte[] read(long offset, int limit) throws IOException {
        Map<Long, Path> parts;
        long size = tail.size();
        synchronized (this) {
            Long first = segments.floorKey(Math.max(offset, 0));
            parts = first == null ? Map.of() : new TreeMap<>(segments.tailMap(first));
        }
        long from = Math.clamp(offset, 0, size);
        byte[] bytes = new byte[(int) Math.min(Math.max(limit, 0), size - from)];
        int filled = 0;
        for (Map.Entry<Long, Path> part : parts.entrySet()) {
            if (filled == bytes.length) {
                break;
            }
            filled = fill(bytes, filled, part.getValue(), from + filled - part.getKey());
        }
        return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
    }

    private static int fill(byte[] bytes, int filled, Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, filled, bytes.length - filled);
            long position = at;
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, position);
                if (read < 0) {
                    break;
                }
                position += read;
            }
            return buffer.position();
        }
    }

    /** Removes this log's files, and its folder when no longer name lives in it. */
    synchronized void remove() throws IOException {
        tail.end();
        closeChannel();
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder, "@*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Path empty = folder;
        while (empty != null && !empty.equals(root) && isEmpty(empty)) {
            Files.deleteIfExists(empty);
            empty = empty.getParent();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    synchronized void followed(int change) {
        followers += change;
    }

    /** Whether it may be forgotten: nobody follows it, and nothing waits to be synced. */
    synchronized boolean idle() {
        return followers == 0 && !unsynced;
    }

    synchronized void closeChannel() throws IOException {
        if (last != null) {
            last.close();
            last = null;
        }
    }
}
