package leat.engine.distributed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries bytes to a port of this machine and back, and now and then does what networks do: cuts a connection, also in the
 * midst of a packet, holds bytes back, or hands them on in small pieces. What it does follows from its seed.
 */
final class FaultyProxy implements AutoCloseable {
    /** One in so many reads is cut, delayed, or torn into pieces. */
    private static final int CUT = 400;

    private static final int DELAY = 100;
    private static final int TORN = 10;

    private final ServerSocket listening;
    private final int target;
    private final long seed;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong cuts = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean harmless;

    FaultyProxy(int target, long seed) throws IOException {
        this.target = target;
        this.seed = seed;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    long cuts() {
        return cuts.get();
    }

    /** From now on it only carries. */
    void behave() {
        harmless = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                long number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> carry(client, server, new Random(seed + number * 2)));
                Thread.ofVirtual().start(() -> carry(server, client, new Random(seed + number * 2 + 1)));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void carry(Socket from, Socket to, Random random) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 << 10];
            int read;
            while ((read = in.read(buffer)) > 0) {
                if (harmless) {
                    out.write(buffer, 0, read);
                } else if (random.nextInt(CUT) == 0) {
                    out.write(buffer, 0, random.nextInt(read));
                    cuts.incrementAndGet();
                    return;
                } else {
                    hand(out, buffer, read, random);
                }
            }
        } catch (IOException gone) {
            // either side has closed; the other is closed with it
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void hand(OutputStream out, byte[] buffer, int read, Random random) throws IOException {
        if (random.nextInt(DELAY) == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50)));
        }
        if (random.nextInt(TORN) == 0) {
            int half = random.nextInt(read + 1);
            out.write(buffer, 0, half);
            out.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            out.write(buffer, half, read - half);
        } else {
            out.write(buffer, 0, read);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
