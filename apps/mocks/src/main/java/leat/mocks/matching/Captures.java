package leat.mocks.matching;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leat.mocks.definition.PathPattern;
import leat.mocks.definition.PercentCode;

/** Where a path's parameters stand in the raw path; they are decoded when asked for. */
public final class Captures {
    private final PathPattern pattern;
    private final String rawPath;
    private final int[] bounds;

    Captures(PathPattern pattern, String rawPath, int[] bounds) {
        this.pattern = pattern;
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

    /** Decoded values by name, in the order of the path. */
    public Map<String, String> values() {
        List<String> names = pattern.names();
        var values = LinkedHashMap.<String, String>newLinkedHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), value(i));
        }
        return values;
    }
}
