package leat.mocks.matching;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leat.mocks.definition.PercentCode;

/** Reads a raw query the way that forms write it; a piece with a broken escape stays as it was sent. */
final class QueryText {
    /** The longest query that is looked at, in characters as sent. */
    static final int CHARACTERS = 16_384;

    private QueryText() {}

    static Map<String, List<String>> parse(String rawQuery) {
        var parameters = new LinkedHashMap<String, List<String>>();
        int start = 0;
        while (start < rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', start);
            int end = ampersand < 0 ? rawQuery.length() : ampersand;
            if (end > start) {
                int equals = rawQuery.indexOf('=', start, end);
                String name = decoded(rawQuery, start, equals < 0 ? end : equals);
                String value = equals < 0 ? "" : decoded(rawQuery, equals + 1, end);
                parameters.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
            start = end + 1;
        }
        return parameters;
    }

    private static String decoded(String text, int start, int end) {
        return PercentCode.decode(text, start, end, true).orElseGet(() -> text.substring(start, end));
    }
}
