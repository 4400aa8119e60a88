package leat.engine.distributed;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of one blob on their way from S3: where the way breaks, reading goes on from the same byte, and at the end
 * they are compared with the blob's name.
 */
final class S3Content extends InputStream {
    /** Longest wait before a broken way is tried again. */
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final S3Store store;
    private final String key;
    private final String hash;
    private final long size;
    private final LongAdder received;
    private final MessageDigest digest = S3Blobs.sha256();
    private ResponseInputStream<GetObjectResponse> way;
    private long offset;
    private int broken;
    private boolean checked;

    S3Content(S3Store store, String key, String hash, ResponseInputStream<GetObjectResponse> way, LongAdder received) {
        this.store = store;
        this.key = key;
        this.hash = hash;
        this.size = way.response().contentLength();
        this.way = way;
        this.received = received;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (offset < size) {
            try {
                int read = way.read(into, from, (int) Math.min(length, size - offset));
                if (read < 0) {
                    throw new IOException("the connection ended after " + offset + " of " + size + " bytes");
                }
                digest.update(into, from, read);
                received.add(read);
                offset += read;
                broken = 0;
                return read;
            } catch (IOException | SdkException e) {
                goOn(e);
            }
        }
        check();
        return -1;
    }

    /** Opens the way again where it broke, unless it has broken too often without a byte in between. */
    private void goOn(Exception e) throws IOException {
        way.abort();
        broken++;
        if (broken == S3Store.ATTEMPTS) {
            throw new S3Failure(
                    S3Failure.Reason.AWAY, "S3 is away: " + store + " broke off in the midst of blob " + hash, e);
        }
        long pause = Math.min(LONGEST_PAUSE_MILLIS, 50L << broken);
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause)));
        way = store.call(
                s3 -> s3.getObject(get -> get.bucket(store.bucket()).key(key).range("bytes=" + offset + "-")));
    }

    private void check() throws IOException {
        if (!checked) {
            checked = true;
            if (!HexFormat.of().formatHex(digest.digest()).equals(hash)) {
                throw new IOException("blob " + hash + " is damaged: its bytes are not those that were stored");
            }
        }
    }

    /** Gives the connection up when there is more to come, since reading the rest would take longer than a new one. */
    @Override
    public void close() throws IOException {
        if (offset < size) {
            way.abort();
        } else {
            way.close();
        }
    }
}
