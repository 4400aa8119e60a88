package leat.engine.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import leat.kernel.port.EngineException;
import leat.kernel.port.MasterKey;

/**
 * The master key of a data folder: the file {@code master.key}, which only its owner may read. One key a line, the present
 * one first; a former one may go after the next start.
 */
final class MasterKeyFile {
    static final String NAME = "master.key";

    private MasterKeyFile() {}

    /**
     * Reads it, or makes it while there is nothing yet that another could have wrapped.
     *
     * @throws EngineException when it is missing or no such file
     */
    static MasterKey of(Path folder, SqliteKeys keys) {
        Path file = folder.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                if (!keys.isEmpty()) {
                    throw new EngineException(
                            "The master key " + file + " is missing, and what is personal in this data folder cannot be"
                                    + " read without it. Put it back from where you keep a copy.",
                            null);
                }
                make(folder, file);
            }
            return MasterKey.of(Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new EngineException("The master key " + file + " cannot be used: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new EngineException(
                    "The master key " + file + " cannot be read (" + Faults.reason(e)
                            + "). Make it readable for this user, and for nobody else.",
                    e);
        }
    }

    private static void make(Path folder, Path file) throws IOException {
        Path unfinished = file.resolveSibling(NAME + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(unfinished, Set.of(StandardOpenOption.WRITE))) {
            channel.write(StandardCharsets.UTF_8.encode(MasterKey.generate() + "\n"));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        Disk.syncFolder(folder);
    }
}
