package leat.engine.distributed;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Ids as the 16 bytes that stand for them in the journal. */
final class Uuids {
    private Uuids() {}

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
