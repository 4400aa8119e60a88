package leat.notes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A folder for the time of an import's run, which only this process's user may read. What a run that was killed left of the
 * same import is removed by the next, for it is somebody's text.
 */
record ImportScratch(Path folder) implements AutoCloseable {
    /** @param id of the import */
    static ImportScratch of(String id) throws IOException {
        String prefix = "leat-import-" + id + "-";
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), prefix + "*")) {
            for (Path folder : left) {
                remove(folder);
            }
        }
        return new ImportScratch(Files.createTempDirectory(prefix));
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path it : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(it);
            }
        }
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }
}
