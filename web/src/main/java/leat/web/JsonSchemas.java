package leat.web;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Describes records as JSON Schema (2020-12), by reflection, in the shape in which JSON carries them.
 *
 * <p>Records and enums become named schemas, each once; a component that is not {@code Optional} is required; a sealed
 * interface is one of its permitted types. Two types of one simple name are told apart by their enclosing type's name.
 */
final class JsonSchemas {
    private final Map<String, Object> named = new TreeMap<>();
    private final Map<Class<?>, String> names = new LinkedHashMap<>();

    /** The named schemas met so far. */
    Map<String, Object> named() {
        return named;
    }

    /** A schema, or a reference to a named one. */
    Map<String, Object> of(Type type) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain);
            case ParameterizedType generic -> ofGeneric(generic);
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0]);
            case TypeVariable<?> variable -> Map.of();
            case GenericArrayType array -> list(of(array.getGenericComponentType()));
            default -> throw new IllegalArgumentException("no JSON shape is known for " + type);
        };
    }

    private Map<String, Object> ofClass(Class<?> type) {
        if (type == byte[].class) {
            return Map.of("type", "string", "contentEncoding", "base64");
        }
        if (type.isArray()) {
            return list(of(type.getComponentType()));
        }
        if (type.isRecord() || type.isEnum() || type.isSealed()) {
            return Map.of("$ref", "#/components/schemas/" + nameOf(type));
        }
        return simple(type).orElseThrow(() -> new IllegalArgumentException("no JSON shape is known for " + type));
    }

    private static Optional<Map<String, Object>> simple(Class<?> type) {
        Map<String, Object> schema = switch (type.getName()) {
            case "boolean", "java.lang.Boolean" -> Map.of("type", "boolean");
            case "int", "java.lang.Integer", "short", "byte" -> Map.of("type", "integer", "format", "int32");
            case "long", "java.lang.Long" -> Map.of("type", "integer", "format", "int64");
            case "double", "java.lang.Double", "float", "java.lang.Float" ->
                Map.of("type", "number", "format", "double");
            case "java.lang.String", "java.lang.CharSequence", "char" -> Map.of("type", "string");
            default -> Map.of();
        };
        if (!schema.isEmpty()) {
            return Optional.of(schema);
        }
        if (type == Instant.class) {
            return Optional.of(Map.of("type", "string", "format", "date-time"));
        }
        if (type == LocalDate.class) {
            return Optional.of(Map.of("type", "string", "format", "date"));
        }
        if (type == Duration.class) {
            return Optional.of(Map.of("type", "string", "format", "duration"));
        }
        if (type == UUID.class) {
            return Optional.of(Map.of("type", "string", "format", "uuid"));
        }
        if (type == URI.class) {
            return Optional.of(Map.of("type", "string", "format", "uri"));
        }
        if (type == BigInteger.class) {
            return Optional.of(Map.of("type", "integer"));
        }
        if (type == BigDecimal.class) {
            return Optional.of(Map.of("type", "number"));
        }
        if (type == OptionalInt.class || type == OptionalLong.class) {
            return Optional.of(Map.of("type", "integer"));
        }
        if (type == OptionalDouble.class) {
            return Optional.of(Map.of("type", "number"));
        }
        boolean anything = type == Object.class || type.getName().startsWith("tools.jackson.databind.");
        return anything ? Optional.of(Map.of()) : Optional.empty();
    }

    private Map<String, Object> ofGeneric(ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        if (raw == Optional.class) {
            return of(arguments[0]);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return list(of(arguments[0]));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return Map.of("type", "object", "additionalProperties", of(arguments[1]));
        }
        return ofClass(raw);
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        return Map.of("type", "array", "items", items);
    }

    private String nameOf(Class<?> type) {
        String known = names.get(type);
        if (known != null) {
            return known;
        }
        String name = type.getSimpleName();
        for (Class<?> outer = type.getEnclosingClass();
                names.containsValue(name) && outer != null;
                outer = outer.getEnclosingClass()) {
            name = outer.getSimpleName() + name;
        }
        while (names.containsValue(name)) {
            name = name + "2";
        }
        names.put(type, name);
        named.put(name, type.isRecord() ? record(type) : type.isEnum() ? enumeration(type) : oneOf(type));
        return name;
    }

    private Map<String, Object> record(Class<?> type) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), of(component.getGenericType()));
            if (!isOptional(component.getType())) {
                required.add(component.getName());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> enumeration(Class<?> type) {
        return Map.of(
                "type",
                "string",
                "enum",
                Stream.of(type.getEnumConstants()).map(String::valueOf).toList());
    }

    private Map<String, Object> oneOf(Class<?> type) {
        List<Map<String, Object>> choices =
                Stream.of(type.getPermittedSubclasses()).map(this::of).toList();
        return Map.of("oneOf", choices);
    }

    private static boolean isOptional(Class<?> type) {
        return type == Optional.class
                || type == OptionalInt.class
                || type == OptionalLong.class
                || type == OptionalDouble.class;
    }
}
