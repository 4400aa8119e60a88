package leat.notes.text;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Notes as a zip of Markdown files with their fields at the head: a copy that any editor can open. The files of the note
 * {@code Roof.md} lie in the folder {@code Roof.files}. What is written and read again is the same, byte for byte, whatever
 * titles, bodies and files hold.
 *
 * <p>In zips of other programs a file belongs to the notes that link to it where it lies; their texts then name it as an
 * attachment.
 */
public final class MarkdownZip {
    /** Entries in one zip. */
    public static final int MAX_ENTRIES = 100_000;

    /** One Markdown file, unpacked. */
    public static final int MAX_FILE_BYTES = 1 << 20;

    private static final String ENDING = ".md";
    /** Ends the name of the folder with a note's files. */
    static final String FILES = ".files";

    /** What tells that a zip is one of ours, in which no text is to be changed. */
    private static final String COMMENT = "Leat notes 1";

    /** The earliest time that a zip can tell. */
    private static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2107-12-31T23:59:58Z");

    private MarkdownZip() {}

    /** Starts a zip; whoever does must close it. The stream is closed with it. */
    public static Export to(OutputStream out) {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setComment(COMMENT);
        return new Export(zip);
    }

    /** A zip that is being written. */
    public static final class Export implements Closeable {
        private final ZipOutputStream zip;
        private final FileNames names = new FileNames();

        private Export(ZipOutputStream zip) {
            this.zip = zip;
        }

        /** @param files with names that differ, and that file systems take */
        public void add(Document document, List<Enclosed> files) throws IOException {
            String name = names.of(document.folder(), document.title(), ENDING);
            put(document, name);
            zip.write(FrontMatter.write(document).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            for (Enclosed file : files) {
                put(document, name.substring(0, name.length() - ENDING.length()) + FILES + "/" + file.name());
                try (InputStream bytes = file.bytes().open()) {
                    bytes.transferTo(zip);
                }
                zip.closeEntry();
            }
        }

        private void put(Document document, String name) throws IOException {
            var entry = new ZipEntry(name);
            Instant changed = document.changed().or(document::created).orElse(EARLIEST);
            Instant told = changed.isBefore(EARLIEST) ? EARLIEST : changed.isAfter(LATEST) ? LATEST : changed;
            entry.setTimeLocal(LocalDateTime.ofInstant(told, ZoneOffset.UTC));
            zip.putNextEntry(entry);
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /**
     * Reads a zip. What is no Markdown and belongs to no note is left out, and so is what is too large or no UTF-8.
     *
     * @throws ImportException when it is no zip, is damaged, or holds more than the limits allow
     */
    public static void read(Path file, NoteSink sink) throws IOException {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            if (zip.size() > MAX_ENTRIES) {
                throw new ImportException("The zip holds more than " + MAX_ENTRIES + " files.");
            }
            if (zip.size() == 0) {
                throw new ImportException("The zip is empty.");
            }
            new Reading(zip, Unpacked.of(Files.size(file)), sink).all();
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new ImportException("This is no zip, or a damaged one, or of a kind that cannot be read.", e);
        }
    }

    /** One zip that is read. */
    private static final class Reading {
        private final ZipFile zip;
        private final NoteSink sink;
        private final boolean ours;
        private final Unpacked unpacked;
        private final Map<String, ZipEntry> notes = new LinkedHashMap<>();
        private final Map<String, ZipEntry> others = new LinkedHashMap<>();
        private final Set<String> used = new LinkedHashSet<>();
        private Map<String, String> byName = Map.of();
        private final LinkedNotes links = new LinkedNotes(notes.keySet(), this::title);

        Reading(ZipFile zip, Unpacked unpacked, NoteSink sink) {
            this.zip = zip;
            this.unpacked = unpacked;
            this.sink = sink;
            this.ours = COMMENT.equals(zip.getComment());
        }

        void all() throws IOException {
            zip.stream()
                    .filter(it -> !it.isDirectory() && !isLitter(it.getName()))
                    .forEach(it -> {
                        boolean note = isMarkdown(it.getName())
                                && !(ours && it.getName().contains(FILES + "/"));
                        (note ? notes : others).put(it.getName(), it);
                    });
            byName = LinkedFiles.byName(others.keySet());
            for (ZipEntry it : notes.values()) {
                note(it);
            }
            others.keySet().stream()
                    .filter(it -> !used.contains(it))
                    .forEach(it -> sink.leftOut(it, "It is no Markdown file, and no note links to it."));
        }

        private void note(ZipEntry entry) throws IOException {
            String path = entry.getName();
            byte[] bytes = bytes(entry);
            if (bytes.length > MAX_FILE_BYTES) {
                sink.leftOut(path, "It is larger than 1 MiB.");
                return;
            }
            Optional<String> text = text(bytes);
            if (text.isEmpty()) {
                sink.leftOut(path, "Its text is not in UTF-8.");
                return;
            }
            Document document = document(path, text.get());
            var files = new ArrayList<Enclosed>();
            if (ours) {
                files.addAll(beside(path));
            } else {
                var linked = new LinkedFiles(document.folder(), others.keySet(), byName);
                document = document.withBody(links.linked(document.folder(), linked.attached(document.body())));
                linked.files().forEach((name, it) -> files.add(enclosed(name, it)));
            }
            sink.note(document, files);
        }

        private byte[] bytes(ZipEntry entry) throws IOException {
            try (InputStream in = open(entry)) {
                return in.readNBytes(MAX_FILE_BYTES + 1);
            }
        }

        private static Optional<String> text(byte[] bytes) {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }

        /** Of another note, for who links to it. */
        private Optional<String> title(String path) throws IOException {
            byte[] bytes = bytes(new ZipEntry(path));
            return bytes.length > MAX_FILE_BYTES
                    ? Optional.empty()
                    : text(bytes).map(it -> document(path, it).title());
        }

        /** What lies in the folder of a note. */
        private List<Enclosed> beside(String path) {
            String folder = path.substring(0, path.length() - ENDING.length()) + FILES + "/";
            return others.keySet().stream()
                    .filter(it -> it.startsWith(folder))
                    .map(it -> enclosed(it.substring(folder.length()), it))
                    .toList();
        }

        private Enclosed enclosed(String name, String path) {
            used.add(path);
            return new Enclosed(name, () -> open(new ZipEntry(path)));
        }

        private InputStream open(ZipEntry entry) throws IOException {
            InputStream in = zip.getInputStream(entry);
            if (in == null) {
                throw new ZipException("an entry has no bytes");
            }
            return unpacked.counting(in);
        }
    }

    /** What file managers leave behind. */
    private static boolean isLitter(String path) {
        return path.startsWith("__MACOSX/") || path.endsWith(".DS_Store") || path.endsWith("Thumbs.db");
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
