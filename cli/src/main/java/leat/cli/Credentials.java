package leat.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import leat.kernel.Json;
import tools.jackson.core.JacksonException;

/**
 * The tokens that signing in gave, one a server, in a file that only its owner reads ({@code credentials.json}, mode 600).
 *
 * <p>Immutable; a change is written whole to a new file that takes the place of the old.
 */
final class Credentials {
    private final Path folder;
    private final Stored stored;

    /**
     * @param current the server signed in to last; empty for none
     * @param servers tokens by address
     */
    record Stored(String current, Map<String, String> servers) {}

    private Credentials(Path folder, Stored stored) {
        this.folder = folder;
        this.stored = stored;
    }

    static Credentials in(Path folder) {
        Path file = folder.resolve("credentials.json");
        try {
            return new Credentials(folder, Json.read(Files.readAllBytes(file), Stored.class));
        } catch (NoSuchFileException e) {
            return new Credentials(folder, new Stored("", Map.of()));
        } catch (IOException | JacksonException e) {
            throw failure("Cannot read " + file + " (" + reason(e) + "); remove it and sign in again.");
        }
    }

    Optional<String> current() {
        return Optional.of(stored.current).filter(url -> !url.isEmpty());
    }

    Optional<String> token(URI server) {
        return Optional.ofNullable(stored.servers.get(server.toString()));
    }

    Credentials with(URI server, String token) {
        var servers = new TreeMap<>(stored.servers);
        servers.put(server.toString(), token);
        return write(new Stored(server.toString(), servers));
    }

    Credentials without(URI server) {
        var servers = new TreeMap<>(stored.servers);
        servers.remove(server.toString());
        String current = stored.current.equals(server.toString()) ? "" : stored.current;
        return write(new Stored(current, servers));
    }

    private Credentials write(Stored changed) {
        try {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            Files.createDirectories(folder);
            Path whole = posix
                    ? Files.createTempFile(
                            folder,
                            "credentials",
                            ".new",
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    : Files.createTempFile(folder, "credentials", ".new");
            try {
                Files.write(whole, Json.bytes(changed));
                Files.move(whole, folder.resolve("credentials.json"), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw failure("Cannot write to " + folder + " (" + reason(e) + ").");
        }
        return new Credentials(folder, changed);
    }

    private static String reason(Exception e) {
        return e instanceof JacksonException ? "it is damaged" : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static CommandFailure failure(String sentence) {
        return new CommandFailure(ExitCode.REFUSED, "credentials.unusable", sentence, List.of());
    }
}
