package leat.kernel.port;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The keys under which the journal holds what is personal, one for each person, wrapped by the {@link MasterKey}. To
 * forget a person is to destroy theirs.
 *
 * <p>Threads: any number. Durability: {@link #keep} and {@link #forget} return once what they did would survive the loss of
 * power. What was destroyed is in none of the store's own files any more, as far as the store can do that itself; copies that
 * others made (backups, replicas, snapshots of disks) are theirs to destroy.
 *
 * <p>Failures: a {@link JournalException} with a sentence for the operator.
 */
public interface Keys {
    /** The key of the journal's snapshots. It goes with every person who is forgotten, and a new one may take its place. */
    String SNAPSHOTS = "snapshots";

    /**
     * What is kept under a person's id.
     *
     * @param wrapped the key; empty when it was destroyed. Do not change the array
     * @param forgottenAt when it was destroyed
     */
    record Key(Optional<byte[]> wrapped, Optional<Instant> forgottenAt) {
        public static Key kept(byte[] wrapped) {
            return new Key(Optional.of(wrapped), Optional.empty());
        }

        public static Key forgotten(Instant at) {
            return new Key(Optional.empty(), Optional.of(at));
        }
    }

    Optional<Key> find(String person);

    /** Keeps a key for somebody who has none and was not forgotten; returns what is kept from then on, by whomever. */
    Key keep(String person, byte[] wrapped);

    /** Puts another wrapping of the same key in the place of one, if that is still there. */
    void rewrap(String person, byte[] before, byte[] after);

    /** Destroys a person's key, for good, and that of the {@link #SNAPSHOTS}. Again, it changes nothing. */
    void forget(String person, Instant at);

    /** How many people have been forgotten; never less than before. Cheap enough to be asked every second. */
    long forgotten();

    /** Tells all that is kept, by id. */
    void each(BiConsumer<String, Key> listener);
}
