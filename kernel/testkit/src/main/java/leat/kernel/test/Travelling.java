package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import leat.kernel.EntityType;
import leat.kernel.Wire;

/** Checks that every command of an entity arrives at another node as it was sent: each is filled at random, written and read. */
public final class Travelling {
    private static final int TIMES = 20;

    private Travelling() {}

    /** @throws AssertionError when a command changes on its way, or cannot travel */
    public static void everyCommandOf(EntityType<?, ?, ?> type) {
        Random random = new Random(Seed.next());
        assertThat(type.commands().all())
                .as("commands declared by %s", type.name())
                .isNotEmpty();
        for (Wire<?> wire : type.commands().all()) {
            for (int i = 0; i < TIMES; i++) {
                Object sent = filled(wire.type(), random);
                Object arrived = type.commands().decode(wire.name(), wire.schema(), wire.encode(sent));
                assertThat(arrived).as(wire.name()).isEqualTo(sent);
            }
        }
    }

    private static Object filled(Type type, Random random) {
        if (type instanceof ParameterizedType generic) {
            Type of = generic.getActualTypeArguments()[0];
            Object raw = generic.getRawType();
            if (raw.equals(Optional.class)) {
                return random.nextBoolean() ? Optional.empty() : Optional.of(filled(of, random));
            }
            if (raw.equals(List.class)) {
                return List.of(filled(of, random), filled(of, random));
            }
            if (raw.equals(Set.class)) {
                return Set.of(filled(of, random));
            }
            if (raw.equals(Map.class)) {
                return Map.of(filled(of, random), filled(generic.getActualTypeArguments()[1], random));
            }
        }
        if (type instanceof Class<?> plain) {
            return plain.isRecord() ? record(plain, random) : simple(plain, random);
        }
        throw new IllegalArgumentException("no value is known for " + type);
    }

    private static Object simple(Class<?> type, Random random) {
        if (type.isEnum()) {
            Object[] all = type.getEnumConstants();
            return all[random.nextInt(all.length)];
        }
        if (type.isSealed()) {
            Class<?>[] permitted = type.getPermittedSubclasses();
            return filled(permitted[random.nextInt(permitted.length)], random);
        }
        return switch (type.getName()) {
            case "java.lang.String" -> "ü\"\n𝄞 " + random.nextInt();
            case "int", "java.lang.Integer" -> random.nextInt(1_000);
            case "long", "java.lang.Long" -> random.nextLong();
            case "boolean", "java.lang.Boolean" -> random.nextBoolean();
            case "java.time.Instant" -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            case "java.time.Duration" -> Duration.ofMillis(random.nextInt(1_000_000));
            case "java.time.LocalDate" -> LocalDate.ofEpochDay(random.nextInt(40_000));
            case "java.util.UUID" -> new UUID(random.nextLong(), random.nextLong());
            default -> throw new IllegalArgumentException("no value is known for " + type.getName());
        };
    }

    private static Object record(Class<?> type, Random random) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> filled(component.getGenericType(), random))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(
                    type.getName() + " refuses " + Arrays.toString(values), refused.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
