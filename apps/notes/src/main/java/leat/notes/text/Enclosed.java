package leat.notes.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file that belongs to a note on its way.
 *
 * @param name as the note's text names it, behind {@code attachment:}
 * @param bytes may be opened several times
 */
public record Enclosed(String name, Opener bytes) {
    /** Opens the bytes. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** One that is in memory. */
    public static Enclosed of(String name, byte[] bytes) {
        return new Enclosed(name, () -> new ByteArrayInputStream(bytes));
    }
}
