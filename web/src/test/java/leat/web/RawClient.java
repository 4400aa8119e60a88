package leat.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A bare socket that says exactly what a test wants said. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether all of it could be sent. */
    boolean say(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Status line and headers, up to the empty line; empty when the server closed. */
    String head() {
        var head = new ByteArrayOutputStream();
        int newlines = 0;
        try {
            while (newlines < 2) {
                int b = in.read();
                if (b < 0) {
                    break;
                }
                head.write(b);
                newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
            }
        } catch (SocketException e) {
            return head.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** One answer with a Content-Length. */
    String answer() {
        String head = head();
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        return head + bytes(length);
    }

    String bytes(int count) {
        try {
            return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything up to and with the given text. */
    String until(String end) {
        var text = new StringBuilder();
        try {
            while (text.indexOf(end) < 0) {
                int b = in.read();
                if (b < 0) {
                    throw new AssertionError("closed after: " + text);
                }
                text.append((char) b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after: " + text, e);
        }
        return text.toString();
    }

    /** Waits for the server to close; whatever it still says is dropped. */
    void awaitClose() {
        try {
            while (in.read() >= 0) {}
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server did not close", e);
        } catch (IOException e) {
            // A reset is a close, too.
            return;
        }
    }

    void hangUp() {
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
