package leat.notes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What texts are told apart by where the texts themselves are not to be kept. */
final class Sha256 {
    private Sha256() {}

    /** The 64 hex digits of a text. */
    static String hex(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a secret is the one that was kept; takes the same time wherever they differ. */
    static boolean isOf(String secret, String hex) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), hex(secret).getBytes(StandardCharsets.US_ASCII));
    }
}
