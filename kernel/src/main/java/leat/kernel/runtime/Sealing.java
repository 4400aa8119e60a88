package leat.kernel.runtime;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import leat.kernel.EntityType;
import leat.kernel.Json;
import leat.kernel.Wire;
import leat.kernel.port.Keys;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import tools.jackson.databind.node.ObjectNode;

/**
 * How events and snapshots that tell of people are written down and read.
 *
 * <p>A stored event is its own redacted form with a box beside it: {@code {"~":{"of":"01J0…","box":"…"},"version":3,
 * "title":""}}. The box holds what is personal, by AES-256-GCM under the person's key (12 bytes of nonce, the text, 16 of
 * tag, in Base64), bound to the entity, its version, the event's name and the person, so that it opens in this place only.
 * When the key is gone the box is left aside, and what remains is the event. Events without a box were stored before their
 * members were personal, or tell of nobody; they are read as they are.
 *
 * <p>A snapshot of entities with such events is a box as a whole, under a key that goes whenever anybody is forgotten. One
 * that does not open counts as none.
 */
final class Sealing {
    private static final String BOX = "~";
    /** How a payload with a box begins, as written by {@link #written}. */
    private static final byte[] BEGINNING = "{\"~\":{\"of\":\"".getBytes(StandardCharsets.UTF_8);

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Queue<Cipher> CIPHERS = new ConcurrentLinkedQueue<>();

    private final Optional<KeyRing> keys;

    Sealing(KeyRing keys) {
        this.keys = Optional.of(keys);
    }

    private Sealing() {
        this.keys = Optional.empty();
    }

    /** Has no keys, and so reads everything as if everybody had been forgotten. */
    static Sealing blind() {
        return new Sealing();
    }

    private Optional<SecretKey> toSeal(String person) {
        return keys.orElseThrow().toSeal(person);
    }

    /** Whether any event of a kind of entity tells of a person. */
    static boolean personal(EntityType<?, ?, ?> type) {
        return type.events().all().stream().anyMatch(wire -> wire.subject().isPresent());
    }

    /** @param event as it will be read: without what is personal, when its person has been forgotten already */
    record Written<E>(byte[] payload, E event) {}

    /** @throws IllegalStateException when something in it is personal, and its wire does not say whose */
    <E> Written<E> write(Wire<? extends E> wire, E event, StreamId stream, long version, String by) {
        if (wire.subject().isEmpty()) {
            if (wire.personal()) {
                throw new IllegalStateException(wire.name() + " has personal members; say whose with Wire.about");
            }
            return new Written<>(wire.encode(event), event);
        }
        Optional<String> person = person(wire, event, stream, by);
        if (person.isEmpty()) {
            return new Written<>(wire.encode(event), event);
        }
        Wire.Parts parts = wire.parts(event);
        Optional<SecretKey> key = toSeal(person.get());
        if (key.isEmpty()) {
            byte[] redacted = Json.bytes(parts.whole());
            return new Written<>(redacted, wire.decode(wire.schema(), redacted));
        }
        byte[] place = place(stream, version, wire.name(), person.get());
        return new Written<>(
                written(person.get(), close(key.get(), place, Json.bytes(parts.personal())), parts.whole()), event);
    }

    @SuppressWarnings("unchecked") // a wire's subject is of the wire's own type
    private static <E> Optional<String> person(Wire<? extends E> wire, E event, StreamId stream, String by) {
        return ((leat.kernel.Subject<E>) wire.subject().orElseThrow()).of(event, stream.id(), by);
    }

    private static byte[] written(String person, String box, ObjectNode whole) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.putObject(BOX).put("of", person).put("box", box);
        all.setAll(whole);
        return Json.bytes(all);
    }

    /** @throws IllegalStateException when a box was changed, or belongs elsewhere */
    <T> T read(Wire<T> wire, StoredEvent stored) {
        if (!begins(stored.payload())) {
            return wire.decode(stored.schema(), stored.payload());
        }
        ObjectNode whole = (ObjectNode) Json.tree(stored.payload());
        ObjectNode box = (ObjectNode) whole.remove(BOX);
        String person = box.path("of").asString();
        Optional<SecretKey> key = keys.flatMap(ring -> ring.toOpen(person));
        ObjectNode personal = key.isEmpty()
                ? Json.MAPPER.createObjectNode()
                : (ObjectNode) Json.tree(open(
                        key.get(),
                        place(stored.stream(), stored.version(), stored.type(), person),
                        box.path("box").asString()));
        return wire.decode(stored.schema(), whole, personal);
    }

    /** Tells states that were folded before somebody was forgotten from later ones. */
    int times() {
        return keys.orElseThrow().times();
    }

    /**
     * A state of an entity whose events tell of people.
     *
     * @param times when it was begun to be folded; empty when somebody was forgotten since
     */
    Optional<byte[]> snapshot(StreamId stream, long version, byte[] state, int times) {
        SecretKey key = toSeal(Keys.SNAPSHOTS).orElseThrow();
        if (times() != times) {
            return Optional.empty();
        }
        byte[] place = place(stream, version, "snapshot", Keys.SNAPSHOTS);
        return Optional.of(written(Keys.SNAPSHOTS, close(key, place, state), Json.MAPPER.createObjectNode()));
    }

    /** Empty when it was written before somebody was forgotten. */
    Optional<byte[]> openSnapshot(StreamId stream, long version, byte[] stored) {
        if (!begins(stored)) {
            return Optional.empty();
        }
        try {
            SecretKey key = toSeal(Keys.SNAPSHOTS).orElseThrow();
            String box = Json.tree(stored).path(BOX).path("box").asString();
            return Optional.of(open(key, place(stream, version, "snapshot", Keys.SNAPSHOTS), box));
        } catch (IllegalStateException former) {
            return Optional.empty();
        }
    }

    private static boolean begins(byte[] payload) {
        return payload.length > BEGINNING.length
                && Arrays.equals(payload, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    private static byte[] place(StreamId stream, long version, String name, String person) {
        return (stream + "@" + version + " " + name + " " + person).getBytes(StandardCharsets.UTF_8);
    }

    /** One that nobody uses; who is done with it puts it back, unless it failed. */
    private static Cipher cipher() throws GeneralSecurityException {
        Cipher idle = CIPHERS.poll();
        return idle == null ? Cipher.getInstance("AES/GCM/NoPadding") : idle;
    }

    private static String close(SecretKey key, byte[] place, byte[] text) {
        try {
            byte[] nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            Cipher cipher = cipher();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place);
            byte[] box = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(text.length));
            cipher.doFinal(text, 0, text.length, box, NONCE);
            CIPHERS.offer(cipher);
            return Base64.getEncoder().encodeToString(box);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM does not work here", e);
        }
    }

    private static byte[] open(SecretKey key, byte[] place, String text) {
        try {
            byte[] box = Base64.getDecoder().decode(text);
            Cipher cipher = cipher();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, box, 0, NONCE));
            cipher.updateAAD(place);
            byte[] opened = cipher.doFinal(box, NONCE, box.length - NONCE);
            CIPHERS.offer(cipher);
            return opened;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "what is personal in " + new String(place, StandardCharsets.UTF_8)
                            + " was changed or does not belong there",
                    e);
        }
    }
}
