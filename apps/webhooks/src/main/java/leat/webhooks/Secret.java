package leat.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook's deliveries are signed with, as Standard Webhooks says: {@code whsec_} and 32 bytes in base 64.
 *
 * <p>It is kept nowhere. It follows from the key of this Leat (HMAC-SHA256 over the webhook's id and the secret's
 * generation), so that neither the journal nor a copy of it can sign anything.
 */
record Secret(byte[] bytes) {
    private static final String PREFIX = "whsec_";

    static Secret of(byte[] key, String hook, int generation) {
        return new Secret(mac(key, "leat webhook " + hook + " " + generation));
    }

    /** What the receiver keeps. */
    String text() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Tells it from others, and does not reveal it. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** One entry of the header {@code webhook-signature}. */
    String signature(String id, long seconds, String body) {
        return "v1," + Base64.getEncoder().encodeToString(mac(bytes, id + "." + seconds + "." + body));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
