package leat.platform.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import leat.kernel.Json;
import leat.kernel.port.Blobs;
import leat.kernel.port.Engine;
import leat.kernel.port.Loader;
import leat.kernel.port.Logs;
import leat.kernel.runtime.Folds;
import tools.jackson.core.JacksonException;

/** Puts what is in an archive into an empty engine, and then compares what arrived with what had left. */
final class ArchiveReader implements AutoCloseable {
    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private ArchiveReader(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /** @throws ArchiveException when it is no whole archive of a format that this release reads */
    static ArchiveReader open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new ArchiveException(file + " is not a whole archive (" + e.getMessage()
                    + "); its writing was cut off, or it is another kind of file");
        }
        try {
            ZipEntry entry = zip.getEntry(ArchiveWriter.MANIFEST);
            if (entry == null || zip.getEntry(ArchiveWriter.JOURNAL) == null) {
                throw new ArchiveException(file + " is a zip file, but no archive of Leat");
            }
            Manifest manifest;
            try (InputStream bytes = zip.getInputStream(entry)) {
                manifest = Json.read(bytes.readAllBytes(), Manifest.class);
            }
            if (manifest.format() < 1 || manifest.format() > Manifest.FORMAT) {
                throw new ArchiveException(
                        file + " is of format " + manifest.format() + ", this release reads formats up to "
                                + Manifest.FORMAT + "; use release " + manifest.release());
            }
            return new ArchiveReader(file, zip, manifest);
        } catch (JacksonException e) {
            zip.close();
            throw new ArchiveException("the manifest of " + file + " is damaged");
        } catch (ArchiveException e) {
            zip.close();
            throw e;
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** @throws ArchiveException when anything in it is damaged, or arrives otherwise than it left */
    void load(Engine engine, Folds folds, String release, Progress progress) throws IOException {
        if (!engine.journal().heads().isEmpty()) {
            throw new ArchiveException(
                    file + " can be taken only into an empty Leat, and in this one there are events already");
        }
        try {
            long blobs = blobs(engine.blobs(), progress);
            same("blobs", blobs, manifest.blobs());
            logs(engine.logs(), progress);
            journal(engine, progress);
            long keys = keys(engine);
            compare(engine, folds, release, keys, progress);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new ArchiveException(file + " cannot be taken in: " + e.getMessage());
        } catch (ZipException e) {
            throw new ArchiveException(file + " is damaged: " + e.getMessage());
        }
    }

    private long blobs(Blobs blobs, Progress progress) throws IOException {
        long count = 0;
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (entry.getName().startsWith(ArchiveWriter.BLOBS)) {
                try (InputStream bytes = zip.getInputStream(entry)) {
                    String hash = blobs.put(bytes).hash();
                    same("a blob", hash, entry.getName().substring(ArchiveWriter.BLOBS.length()));
                }
                count++;
                progress.next("blobs");
            }
        }
        return count;
    }

    private void logs(Logs logs, Progress progress) throws IOException {
        for (Map.Entry<String, Manifest.Log> log : manifest.logs().entrySet()) {
            String name = log.getKey();
            ZipEntry entry = zip.getEntry(ArchiveWriter.LOGS + name);
            if (entry == null) {
                throw new ArchiveException("log " + name + " is missing in " + file);
            }
            try (InputStream bytes = zip.getInputStream(entry)) {
                byte[] piece = bytes.readNBytes(Logs.MAX_APPEND);
                while (piece.length > 0) {
                    logs.append(name, piece);
                    piece = bytes.readNBytes(Logs.MAX_APPEND);
                }
            }
            same("the length of log " + name, logs.size(name), log.getValue().bytes());
            if (log.getValue().sealed()) {
                logs.seal(name);
            } else if (log.getValue().bytes() > 0) {
                logs.sync(name);
            }
            progress.next("logs");
        }
    }

    private void journal(Engine engine, Progress progress) throws IOException {
        try (Loader loader = new Loader(engine.journal());
                var lines = new BufferedReader(new InputStreamReader(
                        zip.getInputStream(zip.getEntry(ArchiveWriter.JOURNAL)), StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    loader.take(Lines.read(line));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "line " + number + " of its " + ArchiveWriter.JOURNAL + ": " + e.getMessage(), e);
                }
                progress.next("lines of the journal");
            }
        }
    }

    private long keys(Engine engine) throws IOException {
        ZipEntry entry = zip.getEntry(ArchiveWriter.KEYS);
        if (entry == null) {
            return 0;
        }
        try (InputStream lines = zip.getInputStream(entry)) {
            return PersonLines.read(lines, engine);
        }
    }

    private void compare(Engine engine, Folds folds, String release, long keys, Progress progress) {
        var account = new Account(folds);
        engine.journal().export(kept -> {
            account.next(kept, Lines.line(kept));
            progress.next("events compared");
        });
        account.keys(keys);
        same("the events", account.partitions(), manifest.partitions());
        same("what stands beside the events", account.beside(), manifest.beside());
        if (manifest.release().equals(release)) {
            same("what the entities fold to", account.entities(), manifest.entities());
        }
    }

    private void same(String what, Object arrived, Object left) {
        if (!arrived.equals(left)) {
            throw new ArchiveException(
                    file + " is damaged: " + what + " should be " + left + ", but arrived as " + arrived);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
