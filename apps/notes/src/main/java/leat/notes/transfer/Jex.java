package leat.notes.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leat.notes.files.FileName;
import leat.notes.text.Document;
import leat.notes.text.Enclosed;
import leat.notes.text.ImportException;
import leat.notes.text.Links;
import leat.notes.text.NoteSink;

/**
 * What Joplin exports as JEX: a tar with each item in a file {@code <id>.md} (title, empty line, body, empty line, fields as
 * {@code key: value}, of which {@code type_} tells what it is) and the bytes of resources in {@code resources/<id>.<ending>}.
 *
 * <p>Notebooks become folders, {@code :/id} becomes an attachment or a link between notes, a to-do a task. What is encrypted,
 * in conflict or in Joplin's trash is left out.
 */
final class Jex {
    private static final int MAX_ITEM_BYTES = 4 << 20;
    private static final int NOTE = 1;
    private static final int FOLDER = 2;
    private static final int RESOURCE = 4;
    private static final int TAG = 5;
    private static final int NOTE_TAG = 6;

    /** Folders within folders; what is deeper lies in the last one. */
    private static final int MAX_DEPTH = 20;

    private static final Pattern ITEM = Pattern.compile("(?:.*/)?([0-9a-f]{32})\\.md");
    private static final Pattern FIELD = Pattern.compile("([a-z_]+):(?: (.*))?");
    private static final Pattern LINK = Pattern.compile(
            "(!?)\\[((?:[^\\[\\]\\\\]|\\\\.){0,2000})]\\(:/([0-9a-f]{32})(?:#[^)\\s]*)?(?: \"[^\"]*\")?\\)");
    private static final Pattern IMAGE = Pattern.compile("<img\\b[^>]*\\bsrc=\"?:/([0-9a-f]{32})\"?[^>]*>");

    private final Tar tar;
    private final NoteSink sink;
    private final Map<String, Item> folders = new HashMap<>();
    private final Map<String, Item> resources = new HashMap<>();
    private final Map<String, String> tags = new HashMap<>();
    private final Map<String, LinkedHashSet<String>> tagsOfNotes = new HashMap<>();
    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, String> bytes = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Jex(Tar tar, NoteSink sink) {
        this.tar = tar;
        this.sink = sink;
    }

    /** @throws ImportException when it is damaged or no JEX */
    static void read(Path file, NoteSink sink) throws IOException {
        try (var tar = new Tar(file)) {
            var jex = new Jex(tar, sink);
            jex.index();
            if (jex.notes.isEmpty() && jex.folders.isEmpty()) {
                throw new ImportException("This tar is no export of Joplin: there is no note in it.");
            }
            for (String path : jex.notes) {
                jex.note(path, jex.item(path).orElseThrow());
            }
        }
    }

    /**
     * One item.
     *
     * @param text what stands before the fields: the title, an empty line, and the body
     */
    private record Item(String text, Map<String, String> fields) {
        String title() {
            int end = text.indexOf('\n');
            return (end < 0 ? text : text.substring(0, end)).strip();
        }

        String body() {
            int title = text.indexOf('\n');
            int empty = title < 0 ? -1 : text.indexOf('\n', title + 1);
            return empty < 0 ? "" : text.substring(empty + 1);
        }

        int type() {
            return number("type_").intValue();
        }

        String field(String name) {
            return fields.getOrDefault(name, "");
        }

        Long number(String name) {
            String text = field(name);
            return text.matches("-?[0-9]{1,15}") ? Long.valueOf(text) : 0L;
        }

        boolean is(String name) {
            return number(name) != 0;
        }

        /** A moment, in words or in milliseconds; 0 is none. */
        Optional<Instant> moment(String name) {
            String text = field(name);
            try {
                return text.matches("[0-9]{1,15}")
                        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
                                .filter(it -> it.toEpochMilli() > 0)
                        : text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    private void index() throws IOException {
        for (String path : tar.names()) {
            Matcher name = ITEM.matcher(path);
            if (!name.matches()) {
                int slash = path.lastIndexOf('/');
                String bare = path.substring(slash + 1);
                if (path.contains("resources/") && bare.length() >= 32) {
                    bytes.put(bare.substring(0, 32), path);
                }
                continue;
            }
            Optional<Item> item = item(path);
            if (item.isPresent()) {
                index(path, name.group(1), item.get());
            } else {
                sink.leftOut(path, "It is larger than 4 MiB, or no item of Joplin's.");
            }
        }
    }

    private void index(String path, String id, Item it) {
        switch (it.type()) {
            case NOTE -> {
                notes.add(path);
                titles.put(id, it.title());
            }
            case FOLDER -> folders.put(id, it);
            case RESOURCE -> resources.put(id, it);
            case TAG -> tags.put(id, it.title());
            case NOTE_TAG ->
                tagsOfNotes
                        .computeIfAbsent(it.field("note_id"), _ -> new LinkedHashSet<>())
                        .add(it.field("tag_id"));
            default -> {
                // Settings, searches, keys and revisions are no notes.
            }
        }
    }

    private Optional<Item> item(String path) throws IOException {
        if (tar.size(path) > MAX_ITEM_BYTES) {
            return Optional.empty();
        }
        String text;
        try (InputStream in = tar.open(path)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        // The fields are what follows the last empty line; an item of nothing but fields has none.
        var fields = new LinkedHashMap<String, String>();
        int end = text.stripTrailing().length();
        int from = text.lastIndexOf("\n\n", end);
        for (String line : text.substring(from < 0 ? 0 : from + 2, end).split("\n", -1)) {
            Matcher field = FIELD.matcher(line.strip());
            if (field.matches()) {
                fields.put(
                        field.group(1),
                        field.group(2) == null ? "" : field.group(2).strip());
            }
        }
        return fields.containsKey("type_")
                ? Optional.of(new Item(from < 0 ? "" : text.substring(0, from), fields))
                : Optional.empty();
    }

    private void note(String path, Item it) throws IOException {
        if (it.is("encryption_applied")) {
            sink.leftOut(path, "It is encrypted. Decrypt it in Joplin, and export again.");
        } else if (it.is("is_conflict")) {
            sink.leftOut(
                    it.title(), "It is a copy that Joplin made for a conflict. Resolve it there, and export again.");
        } else if (it.is("deleted_time")) {
            sink.leftOut(it.title(), "It is in Joplin's trash.");
        } else {
            var files = new LinkedHashMap<String, String>();
            String body = it.number("markup_language") == 2 ? html(it.body()) : it.body();
            body = linked(it.title(), body, files);
            var enclosed = new ArrayList<Enclosed>();
            files.forEach((resource, name) ->
                    enclosed.add(new Enclosed(name, () -> tar.open(bytes.getOrDefault(resource, "")))));
            sink.note(document(path, it, body), enclosed);
        }
    }

    /** Notes that were clipped as HTML stay HTML, which Markdown may hold; an empty line would end it. */
    private static String html(String body) {
        return body.replaceAll("\\n\\s*\\n", "\n");
    }

    private Document document(String path, Item it, String body) {
        boolean isTask = it.is("is_todo");
        String status = it.is("todo_completed") ? "Completed" : "ToDo";
        Matcher id = ITEM.matcher(path);
        List<String> named = id.matches()
                ? tagsOfNotes.getOrDefault(id.group(1), new LinkedHashSet<>()).stream()
                        .map(tag -> tags.getOrDefault(tag, ""))
                        .filter(tag -> !tag.isBlank())
                        .toList()
                : List.of();
        return new Document(
                folder(it.field("parent_id")),
                it.title(),
                body,
                isTask ? it.moment("todo_due") : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(it.field("source_url")).filter(url -> url.startsWith("http")),
                isTask ? Optional.of(status) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                named,
                it.moment("user_created_time").or(() -> it.moment("created_time")),
                it.moment("user_updated_time").or(() -> it.moment("updated_time")),
                false,
                false);
    }

    private String folder(String id) {
        var path = new StringBuilder();
        Item folder = folders.get(id);
        for (int depth = 0; folder != null && depth < MAX_DEPTH; depth++) {
            path.insert(0, folder.title().replace('/', '-') + (depth == 0 ? "" : "/"));
            folder = folders.get(folder.field("parent_id"));
        }
        return path.toString();
    }

    /**
     * Leads {@code :/id} to what it means here.
     *
     * @param files gets the resources that are spoken of, and their names
     */
    private String linked(String title, String body, Map<String, String> files) {
        String text = LINK.matcher(body).replaceAll(link -> {
            String id = link.group(3);
            return Matcher.quoteReplacement(
                    titles.containsKey(id)
                            ? Links.typed(titles.get(id), link.group(2))
                            : file(title, id, files)
                                    .map(name -> link.group(1) + "[" + link.group(2) + "](" + address(name) + ")")
                                    .orElse(link.group()));
        });
        return IMAGE.matcher(text)
                .replaceAll(image -> Matcher.quoteReplacement(file(title, image.group(1), files)
                        .map(name -> "![](" + address(name) + ")")
                        .orElse(image.group())));
    }

    private Optional<String> file(String note, String id, Map<String, String> files) {
        Item resource = resources.get(id);
        if (resource == null || !bytes.containsKey(id)) {
            sink.leftOut(note + ": " + id, "The note speaks of a file that is not in the export.");
            return Optional.empty();
        }
        if (resource.is("encryption_applied") || resource.is("encryption_blob_encrypted")) {
            sink.leftOut(note + ": " + resource.title(), "The file is encrypted.");
            return Optional.empty();
        }
        return Optional.of(files.computeIfAbsent(id, _ -> name(resource, id, files)));
    }

    private String name(Item resource, String id, Map<String, String> files) {
        String path = bytes.getOrDefault(id, "");
        int dot = path.lastIndexOf('.');
        String ending = dot > path.lastIndexOf('/') ? path.substring(dot) : "";
        String called = resource.title().isEmpty() ? "file" + ending : resource.title();
        String name = FileName.fitting(called.contains(".") ? called : called + ending);
        int number = 1;
        while (files.containsValue(FileName.numbered(name, number))) {
            number++;
        }
        return FileName.numbered(name, number);
    }

    private static String address(String name) {
        return "attachment:" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
