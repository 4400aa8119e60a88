package leat.notes.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import leat.notes.files.FileName;
import leat.notes.text.Document;
import leat.notes.text.Enclosed;
import leat.notes.text.ImportException;
import leat.notes.text.NoteSink;

/**
 * What Evernote exports: one XML file ({@code evernote-export4.dtd}) with notes, each with its text in ENML and its resources
 * in base 64. It is read as a stream; resources go through a folder on disk. No document type is ever read, nor anything that
 * the XML names elsewhere.
 */
final class Enex {
    /** Characters of one note's text in ENML. */
    private static final int MAX_CONTENT = 8 << 20;

    /** Characters of any other element. */
    private static final int MAX_TEXT = 64 << 10;

    private static final int MAX_TAGS = 200;
    private static final int MAX_RESOURCES = 1_000;

    /** Bytes of all resources of one note. */
    private static final long MAX_RESOURCE_BYTES = 1L << 30;

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    private final XMLStreamReader xml;
    private final String folder;
    private final Path scratch;
    private final NoteSink sink;

    private Enex(XMLStreamReader xml, String folder, Path scratch, NoteSink sink) {
        this.xml = xml;
        this.folder = folder;
        this.scratch = scratch;
        this.sink = sink;
    }

    /**
     * @param folder in which the notes lie, for Evernote exports a notebook as a file of its name
     * @throws ImportException when it is no ENEX or damaged; the notes before the damage are read
     */
    static void read(Path file, String folder, Path scratch, NoteSink sink) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = Xml.reader(in);
            try {
                new Enex(xml, folder, scratch, sink).all();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new ImportException(
                    "The ENEX is damaged in line " + e.getLocation().getLineNumber() + ".", e);
        }
    }

    private void all() throws IOException, XMLStreamException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            // Before it are the declaration, the name of a document type, and comments.
        }
        if (!xml.getLocalName().equals("en-export")) {
            throw new ImportException("This is no export of Evernote.");
        }
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            if (xml.getLocalName().equals("note")) {
                var note = new Note();
                try {
                    note(note);
                } finally {
                    for (Resource it : note.resources) {
                        Files.deleteIfExists(it.file);
                    }
                }
            } else {
                skip();
            }
        }
    }

    /** What is known of a note while it is read. */
    private static final class Note {
        private final Map<String, String> fields = new LinkedHashMap<>();
        private final List<String> tags = new ArrayList<>();
        private final List<Resource> resources = new ArrayList<>();
        private long resourceBytes;

        String field(String name) {
            return fields.getOrDefault(name, "");
        }

        Optional<Instant> moment(String name) {
            return Enex.moment(field(name));
        }
    }

    private static final class Resource {
        private final Path file;
        private final Map<String, String> fields = new LinkedHashMap<>();
        private String md5 = "";
        private String name = "";

        Resource(Path file) {
            this.file = file;
        }
    }

    private void note(Note note) throws IOException, XMLStreamException {
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = xml.getLocalName();
            switch (name) {
                case "title", "created", "updated" -> note.fields.put(name, text(MAX_TEXT));
                case "content" -> note.fields.put(name, text(MAX_CONTENT));
                case "tag" -> {
                    String tag = text(MAX_TEXT);
                    if (note.tags.size() < MAX_TAGS) {
                        note.tags.add(tag);
                    }
                }
                case "note-attributes" -> fields(note.fields);
                case "resource" -> resource(note);
                default -> skip();
            }
        }
        name(note);
        Enml enml;
        try {
            enml = Enml.read(note.field("content"), hash -> named(note, hash));
        } catch (XMLStreamException e) {
            sink.leftOut(note.field("title"), "Its text is damaged: " + Xml.reason(e));
            return;
        }
        enml.lost().forEach(why -> sink.leftOut(note.field("title"), why));
        var body = new StringBuilder(enml.markdown());
        // What the text does not show belongs to the note all the same.
        for (Resource it : note.resources) {
            if (!enml.shown().contains(it.md5)) {
                body.append(body.isEmpty() || body.charAt(body.length() - 1) == '\n' ? "" : "\n")
                        .append('\n')
                        .append(Enml.link(it.name, it.fields.getOrDefault("mime", "")))
                        .append('\n');
            }
        }
        sink.note(
                document(note, body.toString()),
                note.resources.stream()
                        .map(it -> new Enclosed(it.name, () -> Files.newInputStream(it.file)))
                        .toList());
    }

    private static Optional<Enml.Media> named(Note note, String hash) {
        return note.resources.stream()
                .filter(it -> it.md5.equals(hash))
                .findFirst()
                .map(it -> new Enml.Media(it.name, it.fields.getOrDefault("mime", "")));
    }

    private Document document(Note note, String body) {
        Optional<Instant> due = note.moment("reminder-time");
        boolean isTask = !Set.of("", "0").contains(note.field("reminder-order")) || due.isPresent();
        boolean isDone = note.moment("reminder-done-time").isPresent();
        return new Document(
                folder,
                note.field("title").strip(),
                body,
                due,
                Optional.empty(),
                Optional.empty(),
                Optional.of(note.field("source-url")).filter(url -> url.startsWith("http")),
                isDone ? Optional.of("Completed") : isTask ? Optional.of("ToDo") : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                note.tags,
                note.moment("created"),
                note.moment("updated"),
                false,
                false);
    }

    // --- resources -----------------------------------------------------------------------------------------------

    private void resource(Note note) throws IOException, XMLStreamException {
        if (note.resources.size() == MAX_RESOURCES) {
            sink.leftOut(
                    note.field("title"), "It has more than " + MAX_RESOURCES + " files; this is one of the others.");
            skip();
            return;
        }
        var resource = new Resource(Files.createTempFile(scratch, "resource", ""));
        note.resources.add(resource);
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            switch (xml.getLocalName()) {
                case "data" -> data(note, resource);
                case "mime" -> resource.fields.put("mime", text(MAX_TEXT));
                case "resource-attributes" -> fields(resource.fields);
                default -> skip();
            }
        }
    }

    /** Decodes base 64 as it comes, piece by piece. */
    private void data(Note note, Resource resource) throws IOException, XMLStreamException {
        MessageDigest digest = md5();
        try (OutputStream file = Files.newOutputStream(resource.file);
                var decoded = new Base64Output(new DigestOutputStream(file, digest))) {
            for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
                if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    decoded.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    skip();
                }
                if (note.resourceBytes + decoded.written() > MAX_RESOURCE_BYTES) {
                    throw new ImportException("The files of the note \"" + note.field("title") + "\" are more than "
                            + (MAX_RESOURCE_BYTES >> 20) + " MiB.");
                }
            }
            note.resourceBytes += decoded.written();
        }
        resource.md5 = HexFormat.of().formatHex(digest.digest());
    }

    /** Gives each resource a name of its own; the same bytes twice are one. */
    private static void name(Note note) throws IOException {
        var byHash = new LinkedHashMap<String, Resource>();
        for (Resource it : note.resources) {
            if (byHash.putIfAbsent(it.md5, it) != null || Files.size(it.file) == 0) {
                byHash.remove(it.md5, it);
                Files.deleteIfExists(it.file);
            }
        }
        note.resources.retainAll(byHash.values());
        var taken = new ArrayList<String>();
        for (Resource it : note.resources) {
            String called = it.fields.getOrDefault("file-name", "").strip();
            String name =
                    FileName.fitting(called.isEmpty() ? "file" + ending(it.fields.getOrDefault("mime", "")) : called);
            int number = 1;
            while (taken.contains(FileName.key(FileName.numbered(name, number)))) {
                number++;
            }
            it.name = FileName.numbered(name, number);
            taken.add(FileName.key(it.name));
        }
    }

    private static String ending(String mime) {
        return switch (mime) {
            case "image/png" -> ".png";
            case "image/jpeg" -> ".jpg";
            case "image/gif" -> ".gif";
            case "image/webp" -> ".webp";
            case "application/pdf" -> ".pdf";
            case "audio/wav", "audio/x-wav" -> ".wav";
            case "audio/mpeg" -> ".mp3";
            default -> "";
        };
    }

    private static MessageDigest md5() {
        try {
            // What ENML names resources by; nothing here trusts it.
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    // --- elements ------------------------------------------------------------------------------------------------

    private void fields(Map<String, String> fields) throws IOException, XMLStreamException {
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = xml.getLocalName();
            if (fields.size() < MAX_TAGS && !name.equals("application-data")) {
                fields.put(name, text(MAX_TEXT));
            } else {
                skip();
            }
        }
    }

    private String text(int most) throws IOException, XMLStreamException {
        var text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                if (text.length() + xml.getTextLength() > most) {
                    throw new ImportException("In line " + xml.getLocation().getLineNumber()
                            + " is a text of more than " + most + " characters.");
                }
                text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                skip();
            }
        }
        return text.toString();
    }

    /** To the end of the element that has begun. */
    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    private static Optional<Instant> moment(String text) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.parse(text.strip(), MOMENT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
