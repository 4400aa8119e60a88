package leat.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * One thread that keeps a number of connections busy, one request at a time on each: with requests drawn at random for a time,
 * or each of them once.
 *
 * <p>Understands answers that say their length and those that come in chunks.
 */
final class Load {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private static final int SHOWN = 2_000;
    private static final byte[] LAST_CHUNK = "\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[][] requests;
    private final int connections;
    private final Random random = new Random(42);

    Load(byte[][] requests, int connections) {
        this.requests = requests;
        this.connections = connections;
    }

    /**
     * @param failed answers with a status other than 200 and 201
     * @param firstFailure the beginning of the first of these; empty when there is none
     */
    record Result(long answered, long failed, String firstFailure, double seconds, long[] sortedNanos) {}

    private static final class Connection {
        final byte[] bytes = new byte[256 << 10];
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        long sentAt;
    }

    /** Any of the requests, over and over. */
    Result run(int port, double seconds) throws IOException {
        return run(port, seconds, Long.MAX_VALUE);
    }

    /** Each request once, in their order. */
    Result once(int port) throws IOException {
        return run(port, Double.MAX_VALUE, requests.length);
    }

    private Result run(int port, double seconds, long count) throws IOException {
        boolean once = count != Long.MAX_VALUE;
        long sent = 0;
        long[] nanos = new long[1 << 22];
        long answered = 0;
        long failed = 0;
        String firstFailure = "";
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.configureBlocking(false);
                channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                Connection connection = new Connection();
                channel.register(selector, SelectionKey.OP_READ, connection);
                if (sent < count) {
                    send(channel, connection, next(once, sent++));
                }
            }
            long begun = System.nanoTime();
            while ((System.nanoTime() - begun) / 1e9 < seconds && answered < count) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    Connection connection = (Connection) key.attachment();
                    if (channel.read(connection.in) < 0) {
                        throw new IOException("the server closed a connection");
                    }
                    int status = whole(connection.bytes, connection.in.position());
                    if (status != 0) {
                        nanos[(int) Math.min(answered, nanos.length - 1)] = System.nanoTime() - connection.sentAt;
                        answered++;
                        if (status != 200 && status != 201 && failed++ == 0) {
                            firstFailure = new String(
                                    connection.bytes,
                                    0,
                                    Math.min(connection.in.position(), SHOWN),
                                    StandardCharsets.ISO_8859_1);
                        }
                        connection.in.clear();
                        if (sent < count) {
                            send(channel, connection, next(once, sent++));
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
            double took = (System.nanoTime() - begun) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            long[] sorted = Arrays.copyOf(nanos, (int) Math.min(answered, nanos.length));
            Arrays.sort(sorted);
            return new Result(answered, failed, firstFailure, took, sorted);
        }
    }

    private byte[] next(boolean once, long sent) {
        return requests[once ? (int) sent : random.nextInt(requests.length)];
    }

    private static void send(SocketChannel channel, Connection connection, byte[] bytes) throws IOException {
        ByteBuffer request = ByteBuffer.wrap(bytes);
        connection.sentAt = System.nanoTime();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** The status once the whole answer is there, 0 before. */
    private static int whole(byte[] bytes, int end) {
        int head = -1;
        for (int i = 3; i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                head = i + 1;
                break;
            }
        }
        if (head < 0) {
            return 0;
        }
        int length = -1;
        for (int i = 0; i + LENGTH.length < head; i++) {
            if (bytes[i] == '\n' && matches(bytes, i + 1)) {
                int at = i + 1 + LENGTH.length;
                while (bytes[at] == ' ') {
                    at++;
                }
                length = 0;
                while (bytes[at] >= '0' && bytes[at] <= '9') {
                    length = length * 10 + bytes[at++] - '0';
                }
                break;
            }
        }
        boolean whole = length < 0 ? endsWith(bytes, end, LAST_CHUNK) : end >= head + length;
        return whole ? (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0' : 0;
    }

    private static boolean endsWith(byte[] bytes, int end, byte[] wanted) {
        return Arrays.equals(bytes, end - wanted.length, end, wanted, 0, wanted.length);
    }

    private static boolean matches(byte[] bytes, int from) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[from + i] | 0x20) != LENGTH[i] && bytes[from + i] != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }
}
