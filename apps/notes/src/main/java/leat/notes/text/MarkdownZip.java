package leat.notes.text;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Notes as a zip of Markdown files with their fields at the head: a copy that any editor can open. What is written and read
 * again is the same, byte for byte, whatever titles and bodies hold.
 */
public final class MarkdownZip {
    /** Entries in one zip. */
    public static final int MAX_ENTRIES = 100_000;

    /** One file, unpacked. */
    public static final int MAX_FILE_BYTES = 1 << 20;

    /** All of it, unpacked. */
    public static final long MAX_TOTAL_BYTES = 512L << 20;

    private static final String ENDING = ".md";

    /** The earliest time that a zip can tell. */
    private static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2107-12-31T23:59:58Z");

    private MarkdownZip() {}

    /** Starts a zip; whoever does must close it. The stream is closed with it. */
    public static Export to(OutputStream out) {
        return new Export(new ZipOutputStream(out, StandardCharsets.UTF_8));
    }

    /** A zip that is being written. */
    public static final class Export implements Closeable {
        private final ZipOutputStream zip;
        private final FileNames names = new FileNames();

        private Export(ZipOutputStream zip) {
            this.zip = zip;
        }

        public void add(Document document) throws IOException {
            var entry = new ZipEntry(names.of(document.folder(), document.title(), ENDING));
            Instant changed = document.changed().or(document::created).orElse(EARLIEST);
            Instant told = changed.isBefore(EARLIEST) ? EARLIEST : changed.isAfter(LATEST) ? LATEST : changed;
            entry.setTimeLocal(LocalDateTime.ofInstant(told, ZoneOffset.UTC));
            zip.putNextEntry(entry);
            zip.write(FrontMatter.write(document).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /**
     * Reads a zip. Files that are no Markdown are left out, and so is what is too large or no UTF-8; the answer names them.
     *
     * @param each gets the documents in their order; one that does nothing makes a dry run
     * @throws ImportException when it is no zip, is damaged, or holds more than the limits allow
     */
    public static Imported read(InputStream in, Consumer<Document> each) throws IOException, ImportException {
        var count = new Imported.Count();
        long left = MAX_TOTAL_BYTES;
        int entries = 0;
        try (var zip = new ZipInputStream(new BufferedInputStream(in), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw new ImportException("The zip holds more than " + MAX_ENTRIES + " files.");
                }
                byte[] bytes = zip.readNBytes(MAX_FILE_BYTES + 1);
                left -= bytes.length + zip.skip(Math.max(0, left - bytes.length + 1));
                if (left < 0) {
                    throw new ImportException("The zip holds more than " + (MAX_TOTAL_BYTES >> 20) + " MiB.");
                }
                take(entry, bytes, count, each);
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new ImportException("The zip is damaged or of a kind that cannot be read.", e);
        }
        if (entries == 0) {
            throw new ImportException("This is no zip, or an empty one.");
        }
        return count.done();
    }

    private static void take(ZipEntry entry, byte[] bytes, Imported.Count count, Consumer<Document> each) {
        String path = entry.getName();
        if (entry.isDirectory() || path.startsWith("__MACOSX/")) {
            return;
        }
        if (!isMarkdown(path)) {
            count.skipped(path, "It is no Markdown file.");
        } else if (bytes.length > MAX_FILE_BYTES) {
            count.skipped(path, "It is larger than 1 MiB.");
        } else {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                each.accept(document(path, text));
                count.document();
            } catch (CharacterCodingException e) {
                count.skipped(path, "Its text is not in UTF-8.");
            }
        }
    }

    private static boolean isMarkdown(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(ENDING) || name.endsWith(".markdown");
    }

    /** Folders are only names here, and never places on a disk. */
    private static Document document(String path, String text) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1, path.lastIndexOf('.'));
        return FrontMatter.read(slash < 0 ? "" : path.substring(0, slash), name, text);
    }
}
