package leat.engine.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.zip.CRC32C;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.sql.SqlException;

/**
 * Events as the bytes of one row: a checksum (CRC-32C, 4 bytes), then each event behind its length.
 *
 * <p>An event is its partition's number, position, version, type's number, schema, time (milliseconds) and command (16
 * bytes), then the entity's name, correlation and author, each behind its length, and last the payload. Numbers take 7
 * bits a byte, the lowest first; a set high bit says that more follow.
 */
final class Packing {
    private static final int CHECKSUM_BYTES = 4;
    /** SQLite's code for a damaged file. */
    private static final int CORRUPT = 11;

    private Packing() {}

    /** What the numbers in packed events stand for. */
    interface Names {
        PartitionId partition(int number);

        String type(int number);
    }

    static byte[] pack(int partition, int type, StoredEvent event) {
        byte[] stream = event.stream().toString().getBytes(UTF_8);
        byte[] correlation = event.correlationId().getBytes(UTF_8);
        byte[] by = event.by().getBytes(UTF_8);
        byte[] payload = event.payload();
        long at = zigzag(event.at().toEpochMilli());
        int size = size(partition)
                + size(event.position())
                + size(event.version())
                + size(type)
                + size(event.schema())
                + size(at)
                + 16
                + size(stream.length)
                + stream.length
                + size(correlation.length)
                + correlation.length
                + size(by.length)
                + by.length
                + payload.length;
        ByteBuffer packed = ByteBuffer.allocate(size(size) + size);
        put(packed, size);
        put(packed, partition);
        put(packed, event.position());
        put(packed, event.version());
        put(packed, type);
        put(packed, event.schema());
        put(packed, at);
        packed.putLong(event.commandId().getMostSignificantBits());
        packed.putLong(event.commandId().getLeastSignificantBits());
        put(packed, stream.length);
        packed.put(stream);
        put(packed, correlation.length);
        packed.put(correlation);
        put(packed, by.length);
        packed.put(by);
        packed.put(payload);
        return packed.array();
    }

    /** Packed events as one row. */
    static byte[] join(Collection<byte[]> events) {
        int size = CHECKSUM_BYTES;
        for (byte[] event : events) {
            size += event.length;
        }
        ByteBuffer row = ByteBuffer.allocate(size).putInt(0);
        events.forEach(row::put);
        return row.putInt(0, checksum(row.array())).array();
    }

    /** @throws SqlException of a damaged file when the checksum does not fit */
    static Unpacking unpack(byte[] row, Names names) {
        ByteBuffer bytes = ByteBuffer.wrap(row);
        if (row.length < CHECKSUM_BYTES || bytes.getInt() != checksum(row)) {
            throw damaged("the checksum of packed events does not fit");
        }
        return new Unpacking(row, bytes, names);
    }

    /** What reads as if SQLite had found the damage itself. */
    static SqlException damaged(String how) {
        return new SqlException("read events", new SQLException(how, "", CORRUPT));
    }

    private static int checksum(byte[] row) {
        CRC32C checksum = new CRC32C();
        checksum.update(row, CHECKSUM_BYTES, row.length - CHECKSUM_BYTES);
        return (int) checksum.getValue();
    }

    /** Numbers as one row, each as its difference from the one before: places of an entity's events lie close together. */
    static byte[] places(long[] places) {
        int size = 0;
        long before = 0;
        for (long place : places) {
            size += size(zigzag(place - before));
            before = place;
        }
        ByteBuffer row = ByteBuffer.allocate(size);
        before = 0;
        for (long place : places) {
            put(row, zigzag(place - before));
            before = place;
        }
        return row.array();
    }

    static long[] places(byte[] row) {
        int count = 0;
        for (byte b : row) {
            count += b >= 0 ? 1 : 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(row);
        long[] places = new long[count];
        long place = 0;
        for (int i = 0; i < count; i++) {
            place += signed(number(bytes));
            places[i] = place;
        }
        return places;
    }

    private static long zigzag(long number) {
        return (number << 1) ^ (number >> 63);
    }

    private static long signed(long zigzag) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    private static int size(long number) {
        return (70 - Long.numberOfLeadingZeros(number | 1)) / 7;
    }

    private static void put(ByteBuffer bytes, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            number |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return number;
    }

    /** Reads the events of a row one after the other. */
    static final class Unpacking {
        private final byte[] row;
        private final ByteBuffer bytes;
        private final Names names;
        private int partition;

        private Unpacking(byte[] row, ByteBuffer bytes, Names names) {
            this.row = row;
            this.bytes = bytes;
            this.names = names;
        }

        boolean hasNext() {
            return bytes.hasRemaining();
        }

        /** Events that are still to come. */
        int count() {
            int begin = bytes.position();
            int count = 0;
            while (bytes.hasRemaining()) {
                skip(1);
                count++;
            }
            bytes.position(begin);
            return count;
        }

        void skip(long events) {
            for (long i = 0; i < events; i++) {
                int size = (int) number(bytes);
                bytes.position(bytes.position() + size);
            }
        }

        StoredEvent next() {
            int size = (int) number(bytes);
            int end = bytes.position() + size;
            partition = (int) number(bytes);
            PartitionId name = names.partition(partition);
            long position = number(bytes);
            long version = number(bytes);
            String type = names.type((int) number(bytes));
            int schema = (int) number(bytes);
            Instant at = Instant.ofEpochMilli(signed(number(bytes)));
            UUID command = new UUID(bytes.getLong(), bytes.getLong());
            StreamId stream = StreamId.parse(text());
            String correlation = text();
            String by = text();
            byte[] payload = new byte[end - bytes.position()];
            bytes.get(payload);
            return new StoredEvent(
                    name, position, stream, version, type, schema, payload, at, command, correlation, by);
        }

        /** The number of the last event's partition. */
        int partition() {
            return partition;
        }

        private String text() {
            int length = (int) number(bytes);
            String text = new String(row, bytes.position(), length, UTF_8);
            bytes.position(bytes.position() + length);
            return text;
        }
    }
}
