package leat.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The key from which secrets follow that must be had in clear: the one that was set, or a random one that the first use makes
 * in the data folder, readable by its owner alone. Nodes that share a journal must share a key, so there it has to be set.
 */
final class SecretKey {
    /** In the data folder. */
    static final String FILE = "secret.key";

    private static final int BYTES = 32;

    private SecretKey() {}

    /** Empty when it would have to be set and is not. */
    static Optional<byte[]> of(Settings settings) {
        if (settings.secretKey().isPresent()) {
            return settings.secretKey().map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
        return settings.distributed().isPresent() ? Optional.empty() : Optional.of(in(settings.data()));
    }

    private static byte[] in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                make(folder, file);
            }
            return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the key in " + file + " cannot be read or made", e);
        }
    }

    /** Written aside and then linked under its name, so that it is whole whenever it is there. */
    private static void make(Path folder, Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Path aside = Files.createTempFile(
                folder, FILE, "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(aside, Base64.getEncoder().encodeToString(random) + "\n");
        try {
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException _) {
            // Another thread was quicker; its key is the one.
        } finally {
            Files.delete(aside);
        }
    }
}
