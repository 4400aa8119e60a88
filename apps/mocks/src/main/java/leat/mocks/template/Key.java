package leat.mocks.template;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a dotted path: a name, the list index that it reads as, and whether letter case matters.
 *
 * @param index -1 when the name is no index
 * @param lowerCase the name in lower case when case does not matter (header names), else null
 */
record Key(String name, int index, @Nullable String lowerCase) {
    static Key of(String name) {
        return new Key(name, index(name), null);
    }

    static Key ofHeader(String name) {
        return new Key(name, -1, name.toLowerCase(Locale.ROOT));
    }

    @Nullable
    Object in(Map<?, ?> map) {
        Object found = map.get(name);
        if (found != null || lowerCase == null) {
            return found;
        }
        found = map.get(lowerCase);
        if (found != null) {
            return found;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() instanceof String key && key.equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    @Nullable
    JsonNode in(ObjectNode object) {
        JsonNode found = object.get(name);
        if (found != null || lowerCase == null) {
            return found;
        }
        for (String key : object.propertyNames()) {
            if (key.equalsIgnoreCase(name)) {
                return object.get(key);
            }
        }
        return null;
    }

    private static int index(String name) {
        if (name.isEmpty() || name.length() > 9) {
            return -1;
        }
        int index = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            index = index * 10 + (c - '0');
        }
        return index;
    }
}
