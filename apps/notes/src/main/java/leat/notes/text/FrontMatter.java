package leat.notes.text;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A Markdown file with the note's fields in YAML at its head, between two lines of three dashes, as many programs write it.
 *
 * <p>What is written is read again exactly. A head that somebody else wrote is used as far as its fields are known here;
 * when anything in it is not, it stays in the body too, so that nothing is lost.
 */
final class FrontMatter {
    private static final int MAX_HEAD = 64 * 1024;
    private static final Pattern HEAD =
            Pattern.compile("\\A\uFEFF?---[ \\t]*\\r?\\n(.*?)(?<=\\n)---[ \\t]*(?:\\r?\\n|\\z)", Pattern.DOTALL);

    private static final Set<String> TIMES = Set.of("due", "start", "end", "created", "changed");
    private static final Set<String> TRUTHS = Set.of("pinned", "archived");
    private static final Set<String> WORDS = Set.of("title", "url", "status", "access", "color");

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setCodePointLimit(MAX_HEAD)
            .setMaxAliasesForCollections(0)
            .setAllowDuplicateKeys(false)
            .build();

    private FrontMatter() {}

    static String write(Document it) {
        var head = new StringBuilder("---\n");
        head.append("title: ").append(quoted(it.title())).append('\n');
        time(head, "due", it.due());
        time(head, "start", it.start());
        time(head, "end", it.end());
        word(head, "url", it.url());
        word(head, "status", it.status());
        word(head, "access", it.access());
        word(head, "color", it.color());
        if (!it.tags().isEmpty()) {
            head.append("tags: [")
                    .append(String.join(
                            ", ", it.tags().stream().map(FrontMatter::quoted).toList()))
                    .append("]\n");
        }
        time(head, "created", it.created());
        time(head, "changed", it.changed());
        truth(head, "pinned", it.pinned());
        truth(head, "archived", it.archived());
        return head.append("---\n").append(it.body()).toString();
    }

    /** @param name of the file, which is the title where the head names none */
    static Document read(String folder, String name, String text) {
        Matcher head = HEAD.matcher(text.substring(0, Math.min(text.length(), MAX_HEAD)));
        Optional<Map<String, Object>> fields = head.find() ? fields(head.group(1)) : Optional.empty();
        if (fields.isEmpty()) {
            return document(folder, name, text, Map.of());
        }
        var known = new LinkedHashMap<String, Object>();
        fields.get().forEach((key, value) -> {
            if (isKnown(key, value)) {
                known.put(key, value);
            }
        });
        boolean isWhole = known.size() == fields.get().size();
        return document(folder, name, isWhole ? text.substring(head.end()) : text, known);
    }

    private static Document document(String folder, String name, String body, Map<String, Object> fields) {
        return new Document(
                folder,
                word(fields, "title").orElse(name),
                body,
                time(fields, "due"),
                time(fields, "start"),
                time(fields, "end"),
                word(fields, "url"),
                word(fields, "status"),
                word(fields, "access"),
                word(fields, "color"),
                tags(fields),
                time(fields, "created"),
                time(fields, "changed"),
                truth(fields, "pinned"),
                truth(fields, "archived"));
    }

    private static Optional<Map<String, Object>> fields(String yaml) {
        try {
            if (!(new Load(SETTINGS).loadFromString(yaml) instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            var fields = new LinkedHashMap<String, Object>();
            map.forEach((key, value) -> fields.put(String.valueOf(key), value == null ? "" : value));
            return Optional.of(fields);
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(String key, Object value) {
        if (key.equals("tags")) {
            return value instanceof String
                    || (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
        }
        return value instanceof String text
                && (WORDS.contains(key)
                        || (TIMES.contains(key) && time(text).isPresent())
                        || (TRUTHS.contains(key) && (text.equals("true") || text.equals("false"))));
    }

    private static Optional<String> word(Map<String, Object> fields, String key) {
        return Optional.ofNullable(fields.get(key)).map(String.class::cast);
    }

    private static Optional<Instant> time(Map<String, Object> fields, String key) {
        return word(fields, key).flatMap(FrontMatter::time);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean truth(Map<String, Object> fields, String key) {
        return word(fields, key).filter("true"::equals).isPresent();
    }

    private static List<String> tags(Map<String, Object> fields) {
        Object tags = fields.get("tags");
        if (tags instanceof List<?> list) {
            return list.stream().map(String.class::cast).toList();
        }
        return tags instanceof String line ? Tags.typed(line) : List.of();
    }

    private static void truth(StringBuilder head, String key, boolean is) {
        if (is) {
            head.append(key).append(": true\n");
        }
    }

    private static void time(StringBuilder head, String key, Optional<Instant> at) {
        at.ifPresent(it -> head.append(key).append(": ").append(it).append('\n'));
    }

    private static void word(StringBuilder head, String key, Optional<String> text) {
        text.ifPresent(it -> head.append(key).append(": ").append(quoted(it)).append('\n'));
    }

    /** In double quotes, with escapes for whatever YAML would not keep as it is. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(it -> {
            if (it == '"' || it == '\\') {
                quoted.append('\\').appendCodePoint(it);
            } else if (isPlain(it)) {
                quoted.appendCodePoint(it);
            } else {
                quoted.append(String.format(Locale.ROOT, it > 0xffff ? "\\U%08x" : "\\u%04x", it));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPlain(int it) {
        return switch (Character.getType(it)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
