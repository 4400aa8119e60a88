package leat.kernel.runtime;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * Folds whole journals and sums their entities up, so that two of them can be compared: the same sums, the same states.
 *
 * <p>What is personal is left aside, so that the sums stay the same when somebody is forgotten meanwhile.
 *
 * <p>Takes events partition by partition, in order, and holds the states of one partition at a time. The sum of a kind of
 * entity is that of the SHA-256 of each entity's name and state, so that the order of entities does not matter.
 */
public final class Folds {
    private final EventTypes types = new EventTypes(Sealing.blind());
    private final Map<String, EntityType<?, ?, ?>> entities = new HashMap<>();
    private final Map<StreamId, Object> states = new HashMap<>();
    private final Map<String, Sum> sums = new TreeMap<>();
    private Optional<PartitionId> partition = Optional.empty();

    private Folds() {}

    /** @param sum 64 hex digits */
    public record Fold(long entities, String sum) {}

    private static final class Sum {
        long entities;
        BigInteger sum = BigInteger.ZERO;
    }

    /** Knows the entities of these modules; nothing of them runs. */
    public static Folds of(Engine engine, List<? extends Module> modules) {
        NodeSettings settings = NodeSettings.defaults();
        var mounting = new Mounting(engine, settings.clock(), 0, new BusAnnouncements(engine.bus()), Folds::refuse);
        modules.forEach(mounting::mount);
        return of(mounting);
    }

    private static void refuse(String kind, String key, Object payload, Instant notBefore, Envelope envelope) {
        throw new IllegalStateException("nothing runs here");
    }

    static Folds of(Mounting mounting) {
        var folds = new Folds();
        mounting.entities.forEach(handle -> {
            folds.types.declare(handle.type);
            folds.entities.put(handle.type.name(), handle.type);
        });
        return folds;
    }

    /** @throws IllegalStateException when no module knows the event or its entity */
    public void next(StoredEvent event) {
        if (!partition.equals(Optional.of(event.partition()))) {
            settle();
            partition = Optional.of(event.partition());
        }
        EntityType<?, ?, ?> type = entities.get(event.stream().type());
        if (type == null) {
            throw new IllegalStateException("no module here knows what \"" + event.stream() + "\" is");
        }
        states.put(event.stream(), folded(type, states.get(event.stream()), types.decode(event)));
    }

    @SuppressWarnings("unchecked") // the wire of an entity's event decodes to that entity's event
    private static <C, E, S> Object folded(EntityType<C, E, S> type, @Nullable Object state, Object event) {
        S before = state == null ? type.decider().initial() : (S) state;
        return java.util.Objects.requireNonNull(type.decider().evolve(before, (E) event));
    }

    /** What the events so far fold to, by kind of entity. */
    public Map<String, Fold> folds() {
        settle();
        Map<String, Fold> folds = new TreeMap<>();
        sums.forEach((type, sum) -> folds.put(type, new Fold(sum.entities, "%064x".formatted(sum.sum))));
        return folds;
    }

    private void settle() {
        states.forEach((stream, state) -> {
            Sum sum = sums.computeIfAbsent(stream.type(), type -> new Sum());
            sum.entities++;
            byte[] digest = sha256().digest((stream + " " + written(state)).getBytes(StandardCharsets.UTF_8));
            sum.sum = sum.sum.add(new BigInteger(1, digest)).mod(BigInteger.TWO.pow(256));
        });
        states.clear();
        partition = Optional.empty();
    }

    /** A state as text in which nothing depends on chance: sets and maps in the order of their elements' texts. */
    private static String written(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Record record -> record.getClass().getSimpleName() + written(record);
            case Optional<?> optional ->
                optional.map(inside -> "[" + written(inside) + "]").orElse("[]");
            case Set<?> set -> set.stream().map(Folds::written).sorted().collect(Collectors.joining(",", "{", "}"));
            case Collection<?> list -> list.stream().map(Folds::written).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> written(entry.getKey()) + "=" + written(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}"));
            case Object array
            when array.getClass().isArray() -> {
                var elements = new java.util.ArrayList<String>();
                for (int i = 0; i < Array.getLength(array); i++) {
                    elements.add(written(Array.get(array, i)));
                }
                yield elements.toString();
            }
            case Iterable<?> others
            when !(others instanceof java.nio.file.Path) ->
                StreamSupport.stream(others.spliterator(), false)
                        .map(Folds::written)
                        .collect(Collectors.joining(",", "[", "]"));
            default -> quoted(value.toString());
        };
    }

    private static String written(Record record) {
        var text = new StringBuilder("(");
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                text.append(component.getName())
                        .append('=')
                        .append(written(accessor.invoke(record)))
                        .append(',');
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a state cannot be read: " + record.getClass(), e);
            }
        }
        return text.append(')').toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
