package leat.engine.distributed;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import leat.kernel.port.LogTail;

/**
 * What one follower of a log reads: ahead, since a call to S3 costs the same for little as for much; and it waits where S3
 * is away, or where the bytes that were announced are lost with the process that wrote them, until there are others.
 */
final class S3LogSource implements LogTail.Source {
    private static final Logger LOG = System.getLogger(S3LogSource.class.getName());
    private static final int AHEAD_BYTES = 1 << 20;
    private static final long PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final S3Log log;
    private final String name;
    private final LogTail tail;
    private final AtomicBoolean closed;
    private byte[] ahead = {};
    private long aheadFrom;

    S3LogSource(S3Log log, String name, LogTail tail, AtomicBoolean closed) {
        this.log = log;
        this.name = name;
        this.tail = tail;
        this.closed = closed;
    }

    @Override
    public byte[] read(long offset, int limit) {
        long at = offset - aheadFrom;
        if (at < 0 || at >= ahead.length) {
            ahead = fetch(offset);
            aheadFrom = offset;
            at = 0;
        }
        return Arrays.copyOfRange(ahead, (int) at, (int) Math.min(at + limit, ahead.length));
    }

    /** At least one byte, unless the log has ended there, or nobody follows any more. */
    private byte[] fetch(long offset) {
        boolean said = false;
        long pause = PAUSE_MILLIS;
        while (!closed.get()) {
            // Asked before reading: what is appended before the end is read then.
            boolean ended = tail.ended();
            try {
                byte[] bytes = log.piece(offset, AHEAD_BYTES);
                if (bytes.length > 0 || ended) {
                    return bytes;
                }
            } catch (IOException e) {
                if (ended) {
                    return new byte[0];
                }
                if (!said) {
                    LOG.log(Level.WARNING, "who follows log {0} waits: {1}", name, e.getMessage());
                    said = true;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
        return new byte[0];
    }
}
