package leat.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A stream of bytes onto a wire: sends pieces of 16 KiB, and waits while the one before the last is still on its way. */
final class WireOutput extends OutputStream {
    static final int PIECE_BYTES = 16 * 1024;

    private final Wire wire;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;
    private long written;
    private CompletableFuture<Void> onItsWay = CompletableFuture.completedFuture(null);

    WireOutput(Wire wire) {
        this.wire = wire;
    }

    /** The client is gone: no fault of ours, so nothing to log. */
    static final class GoneException extends IOException {
        private static final long serialVersionUID = 1;

        GoneException(Throwable cause) {
            super("the client is gone", cause);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            int count = Math.min(left, PIECE_BYTES - filled);
            System.arraycopy(bytes, at, piece, filled, count);
            filled += count;
            at += count;
            left -= count;
            if (filled == PIECE_BYTES) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (filled == 0) {
            return;
        }
        try {
            onItsWay.join();
        } catch (CompletionException e) {
            throw new GoneException(e);
        }
        onItsWay = wire.write(Arrays.copyOf(piece, filled));
        written += filled;
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    long written() {
        return written;
    }
}
