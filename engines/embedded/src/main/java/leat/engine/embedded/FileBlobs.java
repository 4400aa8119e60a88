package leat.engine.embedded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import leat.kernel.port.Blobs;

/**
 * Blobs as files named by their hash, {@code ab/cdef…}: written under a temporary name, synced, renamed, and the folder
 * synced. What is read is checked against its name; a damaged file ends in an {@link IOException} at its end.
 */
final class FileBlobs implements Blobs {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path folder;
    private final Path unfinished;

    /** Removes what puts that were broken off have left. */
    FileBlobs(Path folder) throws IOException {
        this.folder = folder;
        this.unfinished = folder.resolve("unfinished");
        Disk.makeFolders(folder, unfinished);
        try (var left = Files.list(unfinished)) {
            for (Path file : left.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public Blob put(InputStream source) throws IOException {
        Path temporary = unfinished.resolve(UUID.randomUUID().toString());
        try {
            Blob blob = copy(source, temporary);
            Path target = file(blob.hash());
            Path shelf = unfinished.resolveSibling(blob.hash().substring(0, 2));
            Disk.makeFolders(folder, shelf);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            Disk.syncFolder(shelf);
            return blob;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Blob copy(InputStream source, Path temporary) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                size += read;
                if (size > MAX_BYTES) {
                    throw new IOException("a blob has at most " + MAX_BYTES + " bytes");
                }
                digest.update(buffer, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
        return new Blob(HexFormat.of().formatHex(digest.digest()), size);
    }

    @Override
    public Optional<InputStream> open(String hash) throws IOException {
        if (!HASH.matcher(hash).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Checked(Files.newInputStream(file(hash)), hash));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Blob> find(String hash) throws IOException {
        if (!HASH.matcher(hash).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Blob(hash, Files.size(file(hash))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void each(Consumer<Blob> listener) throws IOException {
        try (var shelves = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
            for (Path shelf : shelves) {
                try (var files = Files.newDirectoryStream(shelf)) {
                    for (Path file : files) {
                        find(shelf.getFileName().toString() + file.getFileName())
                                .ifPresent(listener);
                    }
                }
            }
        }
    }

    @Override
    public void remove(String hash) throws IOException {
        if (HASH.matcher(hash).matches()) {
            Files.deleteIfExists(file(hash));
        }
    }

    private Path file(String hash) {
        return folder.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Compares the bytes with their name when the end is reached. */
    private static final class Checked extends FilterInputStream {
        private final String hash;
        private final MessageDigest digest = sha256();
        private boolean ended;

        Checked(InputStream file, String hash) {
            super(file);
            this.hash = hash;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            if (read > 0) {
                digest.update(into, offset, read);
            } else if (read < 0 && !ended) {
                ended = true;
                if (!HexFormat.of().formatHex(digest.digest()).equals(hash)) {
                    throw new IOException("blob " + hash + " is damaged: its bytes are not those that were stored");
                }
            }
            return read;
        }

        /** Reads past the bytes, so that they are checked too. */
        @Override
        public long skip(long bytes) throws IOException {
            byte[] buffer = new byte[Math.clamp(bytes, 1, BUFFER_BYTES)];
            long skipped = 0;
            while (skipped < bytes) {
                int read = read(buffer, 0, (int) Math.min(buffer.length, bytes - skipped));
                if (read < 0) {
                    break;
                }
                skipped += read;
            }
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
