package leat.mocks.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template can see of a request, looked up by root name only when the template asks, and at most once in a
 * rendering.
 *
 * <p>A value is a String, Boolean, Number (Byte to BigDecimal), {@link Repeated}, List, Map with String keys, {@link
 * tools.jackson.databind.JsonNode} or null; nothing in it may change while a template is being rendered. Anything else
 * is a render error when it is printed. Names inside {@code header-params} are found whatever their letter case.
 */
@FunctionalInterface
public interface Variables {
    /** No request at all: every variable is missing. */
    Variables NONE = root -> null;

    /** @return the value under one of {@link Roots#REQUEST}, or null when there is none */
    @Nullable
    Object get(String root);

    /** Variables from a map of root name to value. */
    static Variables of(Map<String, ? extends @Nullable Object> roots) {
        return roots::get;
    }
}
