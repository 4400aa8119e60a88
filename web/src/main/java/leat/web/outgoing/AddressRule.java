package leat.web.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Tells addresses of the public internet from those of this machine, of private networks and of special use (the registries
 * of RFC 6890), into which no stranger's address may lead us.
 */
final class AddressRule {
    private AddressRule() {}

    private record Block(byte[] prefix, int bits) {
        static Block of(String address, int bits) {
            try {
                return new Block(InetAddress.getByName(address).getAddress(), bits);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(address, e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
                if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final Block[] NOT_PUBLIC = {
        Block.of("0.0.0.0", 8),
        Block.of("10.0.0.0", 8),
        Block.of("100.64.0.0", 10),
        Block.of("127.0.0.0", 8),
        Block.of("169.254.0.0", 16),
        Block.of("172.16.0.0", 12),
        Block.of("192.0.0.0", 24),
        Block.of("192.0.2.0", 24),
        Block.of("192.168.0.0", 16),
        Block.of("198.18.0.0", 15),
        Block.of("198.51.100.0", 24),
        Block.of("203.0.113.0", 24),
        Block.of("224.0.0.0", 4),
        Block.of("240.0.0.0", 4),
    };

    /** Only what is given out as global unicast; the rest of IPv6 is reserved, local or multicast. */
    private static final Block GLOBAL = Block.of("2000::", 3);

    private static final Block[] NOT_PUBLIC_IN_GLOBAL = {
        Block.of("2001::", 23), Block.of("2001:db8::", 32), Block.of("3fff::", 20),
    };

    private static final Block SIX_TO_FOUR = Block.of("2002::", 16);
    private static final Block TRANSLATED = Block.of("64:ff9b::", 96);

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic4(bytes);
        }
        if (TRANSLATED.holds(bytes)) {
            return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (SIX_TO_FOUR.holds(bytes)) {
            return isPublic4(Arrays.copyOfRange(bytes, 2, 6));
        }
        return GLOBAL.holds(bytes) && Arrays.stream(NOT_PUBLIC_IN_GLOBAL).noneMatch(block -> block.holds(bytes));
    }

    private static boolean isPublic4(byte[] bytes) {
        return Arrays.stream(NOT_PUBLIC).noneMatch(block -> block.holds(bytes));
    }
}
