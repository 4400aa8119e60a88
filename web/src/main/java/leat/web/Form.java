package leat.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields and files of a submitted form, urlencoded or multipart.
 *
 * <p>Limits: 1,000 fields urlencoded, {@value Multipart#MAX_PARTS} parts multipart; the whole form within its route's body
 * limit, all in memory.
 */
public final class Form {
    private final Map<String, List<String>> fields;
    private final Map<String, List<Upload>> files;

    Form(Map<String, List<String>> fields, Map<String, List<Upload>> files) {
        this.fields = fields;
        this.files = files;
    }

    /**
     * A file that was sent with a form.
     *
     * @param fileName as the browser named it, without directories; say nothing by it but to a person
     * @param mediaType as the browser guessed it
     */
    public record Upload(String fileName, String mediaType, byte[] bytes) {}

    /** The first value of a field. */
    public Optional<String> first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Every field's values, to show the form again as it was filled in. */
    public Map<String, List<String>> fields() {
        return Map.copyOf(fields);
    }

    /** The first file of a field that a person really chose: one without a name does not count. */
    public Optional<Upload> file(String name) {
        return files(name).stream().findFirst();
    }

    public List<Upload> files(String name) {
        return files.getOrDefault(name, List.of());
    }

    static Form read(String contentType, byte[] body) {
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return new Form(Percent.fields(new String(body, StandardCharsets.UTF_8)), Map.of());
        }
        if (type.startsWith("multipart/form-data")) {
            return Multipart.read(contentType, body);
        }
        return new Form(Map.of(), Map.of());
    }
}
