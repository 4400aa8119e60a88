package leat.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/**
 * The name and shape under which a record travels and is stored, declared by hand so that classes can be renamed freely.
 *
 * <p>A shape, once released, is read for ever. To change one, raise {@link #schema(int)} and say with {@link #upcast} how
 * each older shape becomes the next.
 */
public final class Wire<T> {
    private final String name;
    private final int schema;
    private final Class<T> type;
    private final Map<Integer, UnaryOperator<ObjectNode>> upcasters;
    private final Optional<Subject<? super T>> subject;
    private final Lazy<PersonalMembers> personal;
    private final Lazy<ObjectReader> reader;
    private final Lazy<ObjectWriter> writer;

    private Wire(
            String name,
            int schema,
            Class<T> type,
            Map<Integer, UnaryOperator<ObjectNode>> upcasters,
            Optional<Subject<? super T>> subject) {
        this.name = name;
        this.schema = schema;
        this.type = type;
        this.upcasters = upcasters;
        this.subject = subject;
        this.personal = Lazy.of(() -> PersonalMembers.of(type));
        this.reader = Lazy.of(() -> Json.MAPPER.readerFor(type));
        this.writer = Lazy.of(() -> Json.MAPPER.writerFor(type));
    }

    /** @param name lower-case and dotted: {@code note.written} */
    public static <T> Wire<T> of(String name, Class<T> type) {
        return new Wire<>(name, 1, type, Map.of(), Optional.empty());
    }

    /** States that today's shape is the {@code schema}-th; every older one needs an {@link #upcast}. */
    public Wire<T> schema(int schema) {
        return new Wire<>(name, schema, type, upcasters, subject);
    }

    /** Turns the JSON of shape {@code from} into that of shape {@code from + 1}. */
    public Wire<T> upcast(int from, UnaryOperator<ObjectNode> change) {
        Map<Integer, UnaryOperator<ObjectNode>> more = new TreeMap<>(upcasters);
        more.put(from, change);
        return new Wire<>(name, schema, type, more, subject);
    }

    /** Says whose the {@link Personal} members of an event are; they are then stored under that person's key. */
    public Wire<T> about(Subject<? super T> whose) {
        return new Wire<>(name, schema, type, upcasters, Optional.of(whose));
    }

    public String name() {
        return name;
    }

    public int schema() {
        return schema;
    }

    public Class<T> type() {
        return type;
    }

    /** Whose the personal members are; empty when none was declared to have any. */
    public Optional<Subject<? super T>> subject() {
        return subject;
    }

    /** Whether the record, or one within it, has {@link Personal} members. */
    public boolean personal() {
        return !personal.get().none();
    }

    /**
     * A value in two parts: all of it with empty values where something personal was, and what was there. Both together,
     * in the order {@code whole}, {@code personal}, are put together again by {@link #decode(int, ObjectNode, ObjectNode)}.
     */
    public record Parts(ObjectNode whole, ObjectNode personal) {}

    public Parts parts(Object value) {
        ObjectNode whole = (ObjectNode) Json.tree(encode(value));
        return new Parts(whole, personal.get().takeOut(whole));
    }

    /** Reads a stored shape, old or new, of its two parts. */
    public T decode(int storedSchema, ObjectNode whole, ObjectNode taken) {
        PersonalMembers.putBack(whole, taken);
        return storedSchema == schema ? reader.get().readValue(whole) : upcast(storedSchema, whole);
    }

    public byte[] encode(Object value) {
        return writer.get().writeValueAsBytes(value);
    }

    /**
     * Reads a stored shape, old or new.
     *
     * @throws IllegalStateException when the shape is newer than this code, or an upcaster is missing
     */
    public T decode(int storedSchema, byte[] json) {
        if (storedSchema == schema) {
            return reader.get().readValue(json);
        }
        return upcast(storedSchema, (ObjectNode) Json.tree(json));
    }

    private T upcast(int storedSchema, ObjectNode stored) {
        if (storedSchema > schema) {
            throw new IllegalStateException(name + " has shape " + storedSchema
                    + ", and this version of Leat knows only " + schema + "; run a newer version");
        }
        ObjectNode node = stored;
        for (int step = storedSchema; step < schema; step++) {
            UnaryOperator<ObjectNode> upcaster = upcasters.get(step);
            if (upcaster == null) {
                throw new IllegalStateException(name + " has no upcaster from shape " + step);
            }
            node = upcaster.apply(node);
        }
        return reader.get().readValue(node);
    }
}
