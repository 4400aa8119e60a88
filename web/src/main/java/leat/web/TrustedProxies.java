package leat.web;

import java.net.InetAddress;
import java.util.List;

/** The networks whose word on the client's address and scheme is believed. */
final class TrustedProxies {
    private final List<Network> networks;

    /**
     * @param networks addresses or CIDR blocks such as {@code 10.0.0.0/8} or {@code ::1}
     * @throws IllegalArgumentException when one is neither
     */
    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(Network::of).toList();
    }

    /** The nearest address that is no trusted proxy, going back from the peer through X-Forwarded-For. */
    String client(String peer, Headers headers) {
        String client = peer;
        for (String hop : headers.list("x-forwarded-for").reversed()) {
            if (!trusts(client)) {
                break;
            }
            String address = hop.replaceAll("^\\[?([0-9A-Fa-f:.]+)]?(:[0-9]+)?$", "$1");
            if (!isAddress(address)) {
                break;
            }
            client = address;
        }
        return client;
    }

    boolean saysHttps(String peer, Headers headers) {
        return trusts(peer)
                && headers.list("x-forwarded-proto").stream().anyMatch(proto -> proto.equalsIgnoreCase("https"));
    }

    private boolean trusts(String address) {
        return !networks.isEmpty()
                && isAddress(address)
                && networks.stream().anyMatch(network -> network.holds(InetAddress.ofLiteral(address)));
    }

    private static boolean isAddress(String text) {
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private record Network(byte[] prefix, int bits) {
        static Network of(String text) {
            int slash = text.indexOf('/');
            byte[] address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("\"" + text + "\" is no network");
            }
            return new Network(address, bits);
        }

        boolean holds(InetAddress other) {
            byte[] address = other.getAddress();
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (prefix[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
