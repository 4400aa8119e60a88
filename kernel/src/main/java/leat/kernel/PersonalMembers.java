package leat.kernel;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which members of a record's JSON are {@link Personal}, found once; takes them out and puts them back. */
record PersonalMembers(List<Member> members) {

    private sealed interface Member {
        String name();

        /** @param empty what stands there instead */
        record Leaf(String name, Empty empty) implements Member {}

        record Inner(String name, PersonalMembers members) implements Member {}
    }

    private enum Empty {
        TEXT,
        NOTHING,
        LIST,
        MAP
    }

    /** @throws IllegalArgumentException when something is marked for which there is no empty value */
    static PersonalMembers of(Class<?> type) {
        List<Member> members = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.isAnnotationPresent(Personal.class)) {
                    members.add(new Member.Leaf(component.getName(), empty(component)));
                } else if (component.getType().isRecord()) {
                    PersonalMembers inner = of(component.getType());
                    if (!inner.members.isEmpty()) {
                        members.add(new Member.Inner(component.getName(), inner));
                    }
                }
            }
        }
        return new PersonalMembers(List.copyOf(members));
    }

    private static Empty empty(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == String.class) {
            return Empty.TEXT;
        }
        if (type == Optional.class) {
            return Empty.NOTHING;
        }
        if (Collection.class.isAssignableFrom(type)) {
            return Empty.LIST;
        }
        if (Map.class.isAssignableFrom(type)) {
            return Empty.MAP;
        }
        throw new IllegalArgumentException(component.getDeclaringRecord().getSimpleName() + "." + component.getName()
                + " is personal, but a " + type.getSimpleName() + " has no empty value");
    }

    boolean none() {
        return members.isEmpty();
    }

    /** Moves what is personal from {@code whole} into what it returns, and leaves empty values. */
    ObjectNode takeOut(ObjectNode whole) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        for (Member member : members) {
            JsonNode value = whole.get(member.name());
            switch (member) {
                case Member.Leaf(String name, Empty empty) -> {
                    if (value != null && !value.isNull()) {
                        out.set(name, value);
                        leave(whole, name, empty);
                    }
                }
                case Member.Inner(String name, PersonalMembers inner) -> {
                    if (value instanceof ObjectNode object) {
                        out.set(name, inner.takeOut(object));
                    }
                }
            }
        }
        return out;
    }

    private static void leave(ObjectNode whole, String name, Empty empty) {
        switch (empty) {
            case TEXT -> whole.put(name, "");
            case NOTHING -> whole.putNull(name);
            case LIST -> whole.putArray(name);
            case MAP -> whole.putObject(name);
        }
    }

    /** The inverse, by names alone, so that what was taken out of an older shape fits into that shape. */
    static void putBack(ObjectNode whole, ObjectNode out) {
        out.properties().forEach(member -> {
            if (member.getValue() instanceof ObjectNode inner
                    && whole.get(member.getKey()) instanceof ObjectNode place
                    && !place.isEmpty()) {
                putBack(place, inner);
            } else {
                whole.set(member.getKey(), member.getValue());
            }
        });
    }
}
