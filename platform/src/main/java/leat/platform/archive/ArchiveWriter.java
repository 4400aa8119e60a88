package leat.platform.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import leat.kernel.Json;
import leat.kernel.port.Blobs;
import leat.kernel.port.Engine;
import leat.kernel.port.Kept;
import leat.kernel.port.Logs;
import leat.kernel.runtime.Folds;

/**
 * Writes all that an engine keeps as one zip file, while the engine is at work.
 *
 * <p>{@code journal.jsonl} as of one moment; then {@code keys.jsonl}, the keys of what is personal in it; then {@code blobs/<hash>}, which were stored before any event named them;
 * then {@code logs/<name>}, each as long as it is by then; last {@code manifest.json}.
 */
final class ArchiveWriter {
    static final String JOURNAL = "journal.jsonl";
    static final String KEYS = "keys.jsonl";
    static final String BLOBS = "blobs/";
    static final String LOGS = "logs/";
    static final String MANIFEST = "manifest.json";

    private static final int LOG_BYTES = 1 << 20;

    private final Engine engine;
    private final Account account;
    private final Progress progress;

    ArchiveWriter(Engine engine, Folds folds, Progress progress) {
        this.engine = engine;
        this.account = new Account(folds);
        this.progress = progress;
    }

    /** Leaves the stream open. */
    Manifest write(String release, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
        try {
            journal(zip);
            keys(zip);
            long blobs = blobs(zip);
            Map<String, Manifest.Log> logs = logs(zip);
            var manifest = new Manifest(
                    Manifest.FORMAT,
                    release,
                    engine.name(),
                    Clock.systemUTC().instant(),
                    account.partitions(),
                    account.entities(),
                    account.beside(),
                    blobs,
                    logs);
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write(Json.bytes(manifest));
            zip.closeEntry();
            zip.finish();
            zip.flush();
            return manifest;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void journal(ZipOutputStream zip) throws IOException {
        zip.putNextEntry(new ZipEntry(JOURNAL));
        engine.journal().export(kept -> {
            byte[] line = Lines.line(kept);
            account.next(kept, line);
            try {
                zip.write(line);
                zip.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            progress.next(kept instanceof Kept.Event ? "events" : "things beside them");
        });
        zip.closeEntry();
    }

    /** After the events, for a key is there before the first event under it. */
    private void keys(ZipOutputStream zip) throws IOException {
        zip.putNextEntry(new ZipEntry(KEYS));
        account.keys(PersonLines.write(engine, zip));
        zip.closeEntry();
    }

    private long blobs(ZipOutputStream zip) throws IOException {
        List<Blobs.Blob> all = new ArrayList<>();
        engine.blobs().each(all::add);
        long written = 0;
        for (Blobs.Blob blob : all) {
            Optional<InputStream> content = engine.blobs().open(blob.hash());
            // One that was removed meanwhile is not missed: no event that is in here needs it any more.
            if (content.isPresent()) {
                try (InputStream bytes = content.get()) {
                    zip.putNextEntry(new ZipEntry(BLOBS + blob.hash()));
                    bytes.transferTo(zip);
                    zip.closeEntry();
                }
                written++;
                progress.next("blobs");
            }
        }
        return written;
    }

    private Map<String, Manifest.Log> logs(ZipOutputStream zip) throws IOException {
        Set<String> names = new HashSet<>();
        engine.logs().each(names::add);
        Map<String, Manifest.Log> written = new TreeMap<>();
        for (String name : names) {
            Logs logs = engine.logs();
            boolean sealed = logs.sealed(name);
            long size = logs.size(name);
            zip.putNextEntry(new ZipEntry(LOGS + name));
            long offset = 0;
            while (offset < size) {
                byte[] bytes = logs.read(name, offset, (int) Math.min(LOG_BYTES, size - offset));
                if (bytes.length == 0) {
                    break;
                }
                zip.write(bytes);
                offset += bytes.length;
            }
            zip.closeEntry();
            written.put(name, new Manifest.Log(offset, sealed));
            progress.next("logs");
        }
        return written;
    }
}
