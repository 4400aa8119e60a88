package leat.notes.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import leat.notes.text.ImportException;

/** Decodes base 64 that comes in pieces of any length, with white space anywhere. */
final class Base64Output implements AutoCloseable {
    private static final int PIECE = 4 << 10;

    private final OutputStream out;
    private final byte[] waiting = new byte[PIECE];
    private int count;
    private long written;

    Base64Output(OutputStream out) {
        this.out = out;
    }

    void write(char[] text, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            if (text[i] > ' ') {
                waiting[count++] = (byte) text[i];
                if (count == PIECE) {
                    decode();
                }
            }
        }
    }

    private void decode() throws IOException {
        try {
            byte[] bytes = Base64.getDecoder().decode(Arrays.copyOf(waiting, count));
            count = 0;
            written += bytes.length;
            out.write(bytes);
        } catch (IllegalArgumentException e) {
            throw new ImportException("A file in the ENEX is no base 64.", e);
        }
    }

    long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        decode();
        out.close();
    }
}
