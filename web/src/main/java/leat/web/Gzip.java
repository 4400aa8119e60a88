package leat.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Compresses answers of text types over 1 KiB when the client accepts it. */
final class Gzip {
    /** Smaller bodies are not worth it. */
    static final int SMALLEST_BYTES = 1024;

    private static final List<String> TEXT_TYPES = List.of(
            "application/json",
            "application/problem+json",
            "application/javascript",
            "application/manifest+json",
            "application/xml",
            "image/svg+xml");

    private Gzip() {}

    static boolean suits(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return !type.equals("text/event-stream") && (type.startsWith("text/") || TEXT_TYPES.contains(type));
    }

    static boolean accepted(Headers headers) {
        for (String item : headers.list("accept-encoding")) {
            String coding = item.replace(" ", "");
            if (coding.equals("gzip") || coding.startsWith("gzip;")) {
                return !coding.matches("gzip;q=0(\\.0{0,3})?");
            }
        }
        return false;
    }

    static byte[] compressed(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (var gzip = new GZIPOutputStream(out, 4096)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A compressing stream whose flush really sends what was written so far. */
    static OutputStream compressing(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, 4096, true);
    }
}
