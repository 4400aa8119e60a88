package leat.accounts;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import leat.kernel.Ids;

/**
 * Something that proves its bearer's right: a prefix that says what it opens, the id of that thing, and 256 random bits.
 *
 * <p>Because it carries the id, the thing is found and its hash compared without an index that could lag behind. Only
 * the SHA-256 hash is ever stored; for 256 random bits a slow hash adds nothing. It does not print itself.
 *
 * @param id of the session, token or link that it opens
 */
record Secret(String prefix, String id, String random) {
    /** A program's key; the prefix lets scanners of published code recognize it. */
    static final String TOKEN = "leat_";
    /** The value of a session's cookie. */
    static final String SESSION = "ls_";
    /** An invitation; its id is the organization's. */
    static final String INVITATION = "li_";
    /** The owner's one-time link. */
    static final String LINK = "lo_";
    /** What a command line shows to collect its token. */
    static final String LOGIN = "ll_";

    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_LENGTH = 43;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secret make(String prefix, String id) {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(prefix, id, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    static Optional<Secret> read(String prefix, String text) {
        int idEnd = prefix.length() + Ids.LENGTH;
        if (!text.startsWith(prefix) || text.length() != idEnd + RANDOM_LENGTH) {
            return Optional.empty();
        }
        String id = text.substring(prefix.length(), idEnd);
        String random = text.substring(idEnd);
        boolean good = Ids.isId(id)
                && random.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_');
        return good ? Optional.of(new Secret(prefix, id, random)) : Optional.empty();
    }

    /** What the bearer keeps. */
    String text() {
        return prefix + id + random;
    }

    /** What is stored: SHA-256 in hexadecimal. */
    String hash() {
        return HexFormat.of().formatHex(sha256(text()));
    }

    /** Whether this is the secret behind a stored hash; takes the same time wherever they differ. */
    boolean matches(String storedHash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), storedHash.getBytes(StandardCharsets.US_ASCII));
    }

    /** Another secret that follows from this one and does not reveal it. */
    String derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] derived = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(derived);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return prefix + id + "…";
    }
}
