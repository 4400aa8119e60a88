package leat.kernel;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes identities that sort by time of creation: 13 characters of Crockford base 32 for entities, UUID version 7 for
 * commands.
 *
 * <p>An entity id is a 64-bit number: 42 bits of milliseconds since 2020-01-01 (until 2159), 10 bits of node, 12 bits of
 * sequence. One node therefore makes at most 4,096 ids in a millisecond; when asked for more it borrows from the next
 * millisecond, so ids stay unique and rising even when the clock stands still or steps back. After a restart the
 * sequence starts at the clock again, which is safe unless the clock stepped back further than the process was down.
 *
 * <p>Safe for any number of threads.
 */
public final class Ids {
    /** Length of an entity id in characters. */
    public static final int LENGTH = 13;

    /** The highest node number, inclusive. */
    public static final int MAX_NODE = 1023;

    private static final long EPOCH_MILLIS =
            Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final int NODE_BITS = 10;
    private static final int SEQUENCE_BITS = 12;
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private final Clock clock;
    private final long node;
    /** Milliseconds and sequence as one rising number. */
    private final AtomicLong ticks = new AtomicLong();

    /** @param node this process's number among those that share a journal, 0 to {@link #MAX_NODE} */
    public Ids(Clock clock, int node) {
        if (node < 0 || node > MAX_NODE) {
            throw new IllegalArgumentException("node is " + node + "; it must be 0 to " + MAX_NODE);
        }
        this.clock = clock;
        this.node = node;
    }

    /** A new entity id, greater than every one this object made before. */
    public String next() {
        long now = (clock.millis() - EPOCH_MILLIS) << SEQUENCE_BITS;
        long tick = ticks.updateAndGet(last -> Math.max(last + 1, now));
        long millis = tick >>> SEQUENCE_BITS;
        long sequence = tick & ((1L << SEQUENCE_BITS) - 1);
        return encode(millis << (NODE_BITS + SEQUENCE_BITS) | node << SEQUENCE_BITS | sequence);
    }

    /** A new command id: UUID version 7 (RFC 9562). */
    public UUID nextCommand() {
        return uuid7(
                clock.millis(),
                ThreadLocalRandom.current().nextLong(),
                ThreadLocalRandom.current().nextLong());
    }

    /** When an entity id was made, to the millisecond. */
    public static Instant createdAt(String id) {
        return Instant.ofEpochMilli((decode(id) >>> (NODE_BITS + SEQUENCE_BITS)) + EPOCH_MILLIS);
    }

    /** Whether the text has the form of an entity id. */
    public static boolean isId(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (digit(text.charAt(i)) < 0) {
                return false;
            }
        }
        return digit(text.charAt(0)) < 16;
    }

    /**
     * A command id derived from another identity, so that doing a thing again is the same command: version 8 of RFC
     * 9562, its first 48 bits the time at which the cause happened (so that it lands beside its neighbours in an index).
     */
    public static UUID derived(Instant at, String cause) {
        long hash = fnv64(cause, 0xcbf29ce484222325L);
        long more = fnv64(cause, hash ^ 0x9e3779b97f4a7c15L);
        long high = at.toEpochMilli() << 16 | 0x8000L | (hash >>> 52);
        long low = (more & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low ^ (hash & 0x000fffffffffffffL));
    }

    private static UUID uuid7(long millis, long randomHigh, long randomLow) {
        long high = millis << 16 | 0x7000L | (randomHigh & 0x0fffL);
        long low = (randomLow & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static String encode(long value) {
        char[] text = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS[(int) (value & 31)];
            value >>>= 5;
        }
        return new String(text);
    }

    private static long decode(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("\"" + id + "\" is no id: 13 characters of Crockford base 32 expected");
        }
        long value = 0;
        for (int i = 0; i < LENGTH; i++) {
            value = value << 5 | digit(id.charAt(i));
        }
        return value;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        for (int i = 10; i < DIGITS.length; i++) {
            if (DIGITS[i] == c) {
                return i;
            }
        }
        return -1;
    }

    private static long fnv64(String text, long hash) {
        for (int i = 0; i < text.length(); i++) {
            hash ^= text.charAt(i);
            hash *= 0x100000001b3L;
        }
        return hash ^ hash >>> 32;
    }
}
