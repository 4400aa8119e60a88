package leat.kernel.port;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What wraps the {@link Keys} of people, so that whoever gets hold of the store alone, or of a copy, reads nothing personal.
 *
 * <p>256 bits, of which an installation keeps the text (44 characters of Base64) apart from the store. To change it, put a
 * new one before the old: what the old one wrapped is wrapped anew at the next start, and the old one may then go.
 *
 * <p>Wrapped: 4 bytes that tell which master key, 12 of nonce, and the key with its tag, by AES-256-GCM bound to the
 * person's id.
 */
public final class MasterKey {
    private static final int BYTES = 32;
    private static final int NAME = 4;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String ANOTHER =
            "The keys of this journal were wrapped by another master key. Give Leat the master key that it had.";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Known to everybody: for an installation that keeps no master key, whose store then protects itself. */
    public static final MasterKey NONE = new MasterKey(List.of(new byte[BYTES]));

    private final List<byte[]> keys;

    private MasterKey(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * @param texts the present key, then former ones; each as {@link #generate} made it
     * @throws IllegalArgumentException when one is no such text, or there is none
     */
    public static MasterKey of(List<String> texts) {
        List<byte[]> keys = new ArrayList<>();
        for (String text : texts) {
            byte[] key;
            try {
                key = Base64.getDecoder().decode(text.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a master key is 32 bytes in Base64", e);
            }
            if (key.length != BYTES) {
                throw new IllegalArgumentException("a master key is 32 bytes in Base64, not " + key.length);
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no master key");
        }
        // What was kept before there was a master key is wrapped anew as well.
        keys.add(new byte[BYTES]);
        return new MasterKey(keys);
    }

    /** A new one, as text. */
    public static String generate() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    public byte[] wrap(String person, byte[] key) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] closed = crypt(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, person, key);
        return ByteBuffer.allocate(NAME + NONCE + closed.length)
                .put(name(keys.getFirst()))
                .put(nonce)
                .put(closed)
                .array();
    }

    /** @throws JournalException when it was wrapped by a master key that is not here, or is damaged */
    public byte[] unwrap(String person, byte[] wrapped) {
        if (wrapped.length > NAME + NONCE) {
            for (byte[] key : keys) {
                if (isBy(key, wrapped)) {
                    byte[] nonce = Arrays.copyOfRange(wrapped, NAME, NAME + NONCE);
                    return crypt(
                            Cipher.DECRYPT_MODE,
                            key,
                            nonce,
                            person,
                            Arrays.copyOfRange(wrapped, NAME + NONCE, wrapped.length));
                }
            }
        }
        throw new JournalException(ANOTHER);
    }

    /**
     * Looks whether all keys can be unwrapped, so that a wrong master key is found at a start and not at a reading.
     *
     * @throws EngineException when another master key has wrapped one of them
     */
    public void check(Keys kept) {
        kept.each((person, key) -> {
            if (key.wrapped()
                    .filter(wrapped -> keys.stream().noneMatch(it -> isBy(it, wrapped)))
                    .isPresent()) {
                throw new EngineException(ANOTHER, null);
            }
        });
    }

    /** Whether it was wrapped by the present master key. */
    public boolean isPresent(byte[] wrapped) {
        return isBy(keys.getFirst(), wrapped);
    }

    private static boolean isBy(byte[] key, byte[] wrapped) {
        return wrapped.length > NAME && Arrays.equals(name(key), 0, NAME, wrapped, 0, NAME);
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, String person, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(person.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new JournalException("The key of " + person + " is damaged, or was put in another's place.", e);
        }
    }

    private static byte[] name(byte[] key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key), NAME);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
