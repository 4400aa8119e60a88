package leat.mocks.matching;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import leat.mocks.definition.PercentCode;
import org.jspecify.annotations.Nullable;

/** Where a path's parameters stand in the raw path; they are decoded when asked for. */
public final class Captures {
    private final List<String> names;
    private final String rawPath;
    private final int[] bounds;

    Captures(List<String> names, String rawPath, int[] bounds) {
        this.names = names;
        this.rawPath = rawPath;
        this.bounds = bounds;
    }

    public int size() {
        return bounds.length / 2;
    }

    /** The decoded value of a parameter, counted from the left, from 0. */
    public String value(int index) {
        int start = bounds[2 * index];
        int end = bounds[2 * index + 1];
        return PercentCode.decode(rawPath, start, end, false).orElseGet(() -> rawPath.substring(start, end));
    }

    /** Decoded values by name, in the order of the path; each is decoded when it is looked up. */
    public Map<String, String> values() {
        return new Values();
    }

    private final class Values extends AbstractMap<String, String> {
        /** Paths have few parameters: looking at each name is quicker than to make a table of them. */
        @Override
        public @Nullable String get(@Nullable Object name) {
            for (int i = names.size() - 1; i >= 0; i--) {
                if (names.get(i).equals(name)) {
                    return value(i);
                }
            }
            return null;
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return name instanceof String && names.contains(name);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            var values = LinkedHashMap.<String, String>newLinkedHashMap(names.size());
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), value(i));
            }
            return values.entrySet();
        }
    }
}
