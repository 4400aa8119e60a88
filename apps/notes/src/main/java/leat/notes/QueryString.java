package leat.notes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/** What stands behind the question mark of an address, with it; nothing when there is nothing to say. */
final class QueryString {
    private final StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");

    static QueryString ofOrganization(Optional<String> name) {
        return new QueryString().with("organization", name);
    }

    QueryString with(String name, Optional<String> value) {
        value.ifPresent(it -> parts.add(name + "=" + encoded(it)));
        return this;
    }

    /** A text as a part of an address. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
