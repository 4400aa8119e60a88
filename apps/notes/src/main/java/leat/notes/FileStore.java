package leat.notes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import leat.kernel.port.Blobs;

/**
 * The bytes of attachments in the blob store, each behind a line that says whose they are: so the same file of two
 * organizations, or the same bytes in another module, is another blob, and can be removed without asking anybody else.
 */
record FileStore(Blobs blobs) {
    /** The line before the bytes has always this length. */
    static final int HEAD_BYTES = "leat attachment \n".length() + 2 * 13 + 1;

    /** What the bytes of a file will be called. Nothing else is ever called so, for {@code id} is used once. */
    String name(String organization, String id, byte[] bytes) {
        MessageDigest digest = sha256();
        digest.update(head(organization, id));
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    /** @return {@link #name} */
    String put(String organization, String id, byte[] bytes) {
        try {
            return blobs.put(new SequenceInputStream(
                            new ByteArrayInputStream(head(organization, id)), new ByteArrayInputStream(bytes)))
                    .hash();
        } catch (IOException e) {
            throw new UncheckedIOException("an attached file could not be stored", e);
        }
    }

    /** The bytes of a file, from its beginning. */
    InputStream open(String blob) throws IOException {
        return find(blob).orElseThrow(() -> new IOException("the attached file " + blob + " is not in the blob store"));
    }

    /** The same, empty when it is not there any more. */
    Optional<InputStream> find(String blob) throws IOException {
        Optional<InputStream> stored = blobs.open(blob);
        if (stored.isPresent()) {
            stored.get().skipNBytes(HEAD_BYTES);
        }
        return stored;
    }

    byte[] read(String blob) {
        try (InputStream in = open(blob)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("an attached file could not be read", e);
        }
    }

    void remove(String blob) throws IOException {
        blobs.remove(blob);
    }

    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static byte[] head(String organization, String id) {
        byte[] head = ("leat attachment " + organization + " " + id + "\n").getBytes(StandardCharsets.UTF_8);
        if (head.length != HEAD_BYTES) {
            throw new IllegalArgumentException("ids have 13 characters");
        }
        return head;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
