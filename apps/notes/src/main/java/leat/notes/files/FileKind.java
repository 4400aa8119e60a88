package leat.notes.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a file is, told by how it begins and never by its name: names lie, and a browser that is told a lie may run what it
 * should have shown.
 */
public final class FileKind {
    /** What is not recognized. */
    public static final String UNKNOWN = "application/octet-stream";

    /** Bytes that are looked at. */
    static final int LOOKED_AT = 4 << 10;

    /** Pictures that browsers draw and never run. */
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final List<Mark> MARKS = List.of(
            new Mark("image/png", 0, "\u0089PNG\r\n\u001a\n"),
            new Mark("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
            new Mark("image/gif", 0, "GIF87a"),
            new Mark("image/gif", 0, "GIF89a"),
            new Mark("image/webp", 8, "WEBP"),
            new Mark("application/pdf", 0, "%PDF-"),
            new Mark("application/zip", 0, "PK\u0003\u0004"),
            new Mark("application/zip", 0, "PK\u0005\u0006"),
            new Mark("application/gzip", 0, "\u001f\u008b"),
            new Mark("audio/mpeg", 0, "ID3"),
            new Mark("audio/ogg", 0, "OggS"),
            new Mark("audio/wav", 8, "WAVE"),
            new Mark("video/mp4", 4, "ftyp"),
            new Mark("video/webm", 0, "\u001aE\u00df\u00a3"));

    private FileKind() {}

    /** Signs at a place, as ISO 8859-1. */
    private record Mark(String mediaType, int at, String signs) {
        boolean isIn(byte[] bytes) {
            byte[] wanted = signs.getBytes(StandardCharsets.ISO_8859_1);
            return bytes.length >= at + wanted.length
                    && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
        }
    }

    /** The media type; {@link #UNKNOWN} for what is neither known nor text. */
    public static String of(byte[] bytes) {
        return MARKS.stream()
                .filter(it -> it.isIn(bytes))
                .findFirst()
                .map(Mark::mediaType)
                .orElseGet(() -> text(bytes));
    }

    /** Whether a browser may show it where it stands; everything else is only ever saved. */
    public static boolean isPicture(String mediaType) {
        return PICTURES.contains(mediaType);
    }

    private static String text(byte[] bytes) {
        var text = CharBuffer.allocate(LOOKED_AT);
        // What is cut off in the middle of a letter is left over and no mistake.
        var result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, LOOKED_AT)), text, false);
        String start = text.flip().toString();
        if (result.isError() || start.chars().anyMatch(it -> it < ' ' && "\t\n\r\f\u001b".indexOf(it) < 0)) {
            return UNKNOWN;
        }
        return start.toLowerCase(Locale.ROOT).contains("<svg") ? "image/svg+xml" : "text/plain";
    }
}
