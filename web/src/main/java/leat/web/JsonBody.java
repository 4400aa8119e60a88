package leat.web;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.kernel.Json;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads a JSON body as a record, and says where and why when it cannot. Nothing is guessed: "5" is no number. */
final class JsonBody {
    private static final JsonMapper STRICT = Json.MAPPER
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** The components of a record, looked up once: the JDK makes a new accessor each time that it is asked. */
    private static final ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Member::of).toList();
        }
    };

    private JsonBody() {}

    static <T> T read(byte[] body, Class<T> type) {
        if (body.length == 0) {
            throw refused("body", "missing", "The request has no body; it must carry JSON.", Map.of());
        }
        T value;
        try {
            value = STRICT.readValue(body, type);
        } catch (JacksonException e) {
            throw worded(e);
        }
        if (value == null) {
            throw refused("body", "missing", "The body is null; it must carry a JSON object.", Map.of());
        }
        var missing = new ArrayList<Violation>();
        collectMissing(value, STRICT.readTree(body), "", missing);
        if (!missing.isEmpty()) {
            String fields = missing.stream().map(Violation::field).collect(Collectors.joining(", "));
            throw Refusal.invalid("request.malformed", "The body lacks " + fields + ".", missing)
                    .asException();
        }
        return value;
    }

    private static RuntimeException worded(JacksonException e) {
        var where = new LinkedHashMap<String, Object>();
        TokenStreamLocation location = e.getLocation();
        String at = "";
        if (location != null && location.getLineNr() > 0) {
            where.put("line", location.getLineNr());
            where.put("column", location.getColumnNr());
            at = " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        }
        if (isSyntax(e)) {
            return refused("body", "syntax", "The body is not well-formed JSON" + at + ".", where);
        }
        String field = fieldPath(e.getPath());
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                refused(
                        field,
                        "unknown",
                        "There is no member \"" + field + "\" here" + at + known(unknown) + ".",
                        where);
            case InvalidFormatException bad
            when bad.getTargetType() != null && bad.getTargetType().isEnum() ->
                refused(
                        field,
                        "type",
                        "\"" + field + "\" must be one of " + enumNames(bad.getTargetType()) + at + ".",
                        where);
            case InputCoercionException excess ->
                refused(field, "type", "\"" + field + "\" must be a whole number within range" + at + ".", where);
            case MismatchedInputException mismatched ->
                refused(field, "type", "\"" + field + "\" must be " + wanted(mismatched) + at + ".", where);
            default -> refused(field, "type", "\"" + field + "\" cannot be read" + at + ".", where);
        };
    }

    /** More after the end is told apart by its words only. */
    private static boolean isSyntax(JacksonException e) {
        return (e instanceof StreamReadException && !(e instanceof InputCoercionException))
                || (e.getPath().isEmpty() && e.getOriginalMessage().startsWith("Trailing token"));
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null || known.isEmpty() || known.size() > 20
                ? ""
                : "; known are " + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String enumNames(Class<?> type) {
        return List.of(type.getEnumConstants()).stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String wanted(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == null) {
            return "of another type";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number within range";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (type.isRecord() || Map.class.isAssignableFrom(type) || type.isSealed()) {
            return "an object";
        }
        return "a well-formed " + type.getSimpleName();
    }

    private static String fieldPath(List<JacksonException.Reference> path) {
        String joined = path.stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .collect(Collectors.joining("."));
        return joined.isEmpty() ? "body" : joined.length() > 200 ? joined.substring(0, 200) + "…" : joined;
    }

    private static RuntimeException refused(String field, String code, String message, Map<String, Object> where) {
        return new Refusal(
                        Refusal.Kind.INVALID,
                        "request.malformed",
                        message,
                        List.of(new Violation(field, code, message)),
                        where)
                .asException();
    }

    /**
     * A record component that is neither there nor Optional is missing; so is a null inside a list or map. Whether a number
     * or truth value was given can only be seen in the JSON itself, where members are named as the components are.
     */
    private static void collectMissing(Object value, JsonNode json, String at, List<Violation> missing) {
        switch (value) {
            case Record whole -> {
                for (Member member : MEMBERS.get(whole.getClass())) {
                    boolean given = !member.primitive() || json.has(member.name());
                    check(given ? member.of(whole) : null, json.path(member.name()), join(at, member.name()), missing);
                }
            }
            case Collection<?> items -> {
                int index = 0;
                for (Object item : items) {
                    check(item, json.path(index), join(at, Integer.toString(index)), missing);
                    index++;
                }
            }
            case Map<?, ?> members ->
                members.forEach((name, member) ->
                        check(member, json.path(String.valueOf(name)), join(at, String.valueOf(name)), missing));
            case Optional<?> maybe -> maybe.ifPresent(present -> collectMissing(present, json, at, missing));
            default -> {}
        }
    }

    private static void check(@Nullable Object value, JsonNode json, String at, List<Violation> missing) {
        if (value == null) {
            missing.add(new Violation(at, "missing", "\"" + at + "\" must be given."));
        } else {
            collectMissing(value, json, at, missing);
        }
    }

    private static String join(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private record Member(String name, boolean primitive, Method accessor) {
        static Member of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return new Member(component.getName(), component.getType().isPrimitive(), accessor);
        }

        @Nullable
        Object of(Record whole) {
            try {
                return accessor.invoke(whole);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }
}
