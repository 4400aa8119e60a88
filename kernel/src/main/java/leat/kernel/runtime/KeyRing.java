package leat.kernel.runtime;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import leat.kernel.port.JournalException;
import leat.kernel.port.Keys;
import leat.kernel.port.MasterKey;

/**
 * The keys of people as this node uses them: made when first needed, kept in memory, looked up anew after {@link #forget}.
 *
 * <p>That nobody is kept whom the store has forgotten rests on the order: the store forgets first, then the memory is
 * emptied, and whoever was looking a key up meanwhile is waited for.
 */
final class KeyRing {
    /** Keys kept in memory; at more, all are looked up anew. */
    private static final int MOST = 50_000;

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Keys keys;
    private final MasterKey master;
    private final Map<String, Optional<SecretKey>> known = new ConcurrentHashMap<>();
    private final AtomicInteger times = new AtomicInteger();

    KeyRing(Keys keys, MasterKey master) {
        this.keys = keys;
        this.master = master;
    }

    /** The key under which to store; empty when this person was forgotten. */
    Optional<SecretKey> toSeal(String person) {
        return found(person, true);
    }

    /**
     * The key with which to read; empty when this person was forgotten.
     *
     * @throws JournalException when they were not, and their key is not there: somebody has lost it
     */
    Optional<SecretKey> toOpen(String person) {
        return found(person, false);
    }

    private Optional<SecretKey> found(String person, boolean make) {
        Optional<SecretKey> quickly = known.get(person);
        if (quickly != null) {
            return quickly;
        }
        if (known.size() >= MOST) {
            known.keySet().removeIf(other -> !other.equals(Keys.SNAPSHOTS));
        }
        return known.computeIfAbsent(person, any -> key(person, make));
    }

    private Optional<SecretKey> key(String person, boolean make) {
        Keys.Key kept = keys.find(person)
                .or(() -> make ? Optional.of(keys.keep(person, master.wrap(person, made()))) : Optional.empty())
                .orElseThrow(
                        () -> new JournalException(
                                "The key of " + person
                                        + " is missing, though they were not forgotten; bring the keys back that belong to this journal."));
        return kept.wrapped().map(wrapped -> new SecretKeySpec(master.unwrap(person, wrapped), "AES"));
    }

    private static byte[] made() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    /** The store has forgotten somebody. */
    void forget() {
        // Counted first: whoever has a key that was made after this sees that something was forgotten.
        times.incrementAndGet();
        known.clear();
    }

    /** How often somebody was forgotten here; what was read before the last time may tell of them. */
    int times() {
        return times.get();
    }

    /** Looks the key of snapshots up, so that it is in memory until somebody is forgotten. */
    void beginSnapshots() {
        var _ = toSeal(Keys.SNAPSHOTS);
    }

    /** Wraps what a former master key has wrapped under the present one. */
    void rewrap() {
        keys.each((person, key) -> key.wrapped()
                .filter(wrapped -> !master.isPresent(wrapped))
                .ifPresent(
                        wrapped -> keys.rewrap(person, wrapped, master.wrap(person, master.unwrap(person, wrapped)))));
    }
}
