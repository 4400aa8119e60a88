package leat.notes.text;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes out of a packed file, so that a small one cannot unpack without end. */
public final class Unpacked {
    /** All of it, unpacked. */
    public static final long MAX_BYTES = 4L << 30;

    /** How many times its own size a file may unpack to; text seldom comes to a tenth of that. */
    public static final int MAX_RATIO = 100;

    /** Up to here any file may unpack, however small it is. */
    public static final long ALWAYS_BYTES = 256 << 20;

    private final long most;
    private long bytes;

    private Unpacked(long most) {
        this.most = most;
    }

    /** @param packed bytes of the file */
    public static Unpacked of(long packed) {
        return new Unpacked(Math.min(MAX_BYTES, Math.max(ALWAYS_BYTES, packed * MAX_RATIO)));
    }

    static Unpacked upTo(long most) {
        return new Unpacked(most);
    }

    /** The same bytes; reading them ends in an {@link ImportException} where the limit is passed. */
    public InputStream counting(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                count(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = super.read(into, offset, length);
                count(Math.max(0, read));
                return read;
            }
        };
    }

    private void count(int more) throws ImportException {
        bytes += more;
        if (bytes > most) {
            throw new ImportException(
                    "The file unpacks to more than " + (most >> 20) + " MiB, which is too much for one of its size.");
        }
    }
}
