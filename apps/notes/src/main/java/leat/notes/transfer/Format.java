package leat.notes.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import leat.notes.text.ImportException;
import leat.notes.text.MarkdownZip;
import leat.notes.text.NoteSink;

/** The kinds of files that notes are read from, told by their bytes. */
public enum Format {
    /** Markdown files in a zip, ours or another program's. */
    MARKDOWN_ZIP {
        @Override
        void take(Path file, String name, Path scratch, NoteSink sink) throws IOException {
            MarkdownZip.read(file, sink);
        }
    },
    /** What Evernote exports: XML with everything in it. */
    ENEX {
        @Override
        void take(Path file, String name, Path scratch, NoteSink sink) throws IOException {
            Enex.read(file, bare(name), scratch, sink);
        }
    },
    /** What Joplin exports: a tar of items and resources. */
    JEX {
        @Override
        void take(Path file, String name, Path scratch, NoteSink sink) throws IOException {
            Jex.read(file, sink);
        }
    };

    private static final int LOOKED_AT = 8 << 10;

    abstract void take(Path file, String name, Path scratch, NoteSink sink) throws IOException;

    /**
     * Reads all notes of a file.
     *
     * @param name of the file where it came from
     * @param scratch a folder for what does not fit into memory, empty again at the end
     * @throws ImportException when the file is of no known kind, is damaged, or holds more than the limits allow
     */
    public static void read(Path file, String name, Path scratch, NoteSink sink) throws IOException {
        of(file).take(file, name, scratch, sink);
    }

    /** @throws ImportException when it is none of them */
    public static Format of(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(LOOKED_AT);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("PK")) {
            return MARKDOWN_ZIP;
        }
        if (Tar.isTar(start)) {
            return JEX;
        }
        if (text.contains("<en-export")) {
            return ENEX;
        }
        throw new ImportException(
                "This is none of the files that can be read: a zip of Markdown files, an ENEX of Evernote, a JEX of Joplin.");
    }

    private static String bare(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
