package leat.notes.text;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the other notes that a text of another program links to by their files, and links to their titles instead. */
final class LinkedNotes {
    private static final Pattern LINK = Pattern.compile(
            "(?<![!\\\\])\\[((?:[^\\[\\]\\\\]|\\\\.){1,510})]\\((?:<([^<>\\r\\n]{1,1000})>|([^<>()\\s]{1,1000}))(?: \"[^\"\\r\\n]*\")?\\)");

    private final Set<String> paths;
    private final Titles titles;
    private final Map<String, String> known = new HashMap<>();

    /** Reads the title of a note. */
    @FunctionalInterface
    interface Titles {
        /** Empty for what cannot be read. */
        Optional<String> of(String path) throws IOException;
    }

    /** @param paths of the files of all notes */
    LinkedNotes(Set<String> paths, Titles titles) {
        this.paths = paths;
        this.titles = titles;
    }

    /** @param folder in which the note lies */
    String linked(String folder, String body) throws IOException {
        var linked = new StringBuilder();
        int done = 0;
        Matcher link = LINK.matcher(body);
        while (link.find()) {
            String destination = link.group(2) == null ? link.group(3) : link.group(2);
            Optional<String> title = title(folder, destination);
            if (title.isPresent()) {
                linked.append(body, done, link.start()).append(Links.typed(title.get(), link.group(1)));
                done = link.end();
            }
        }
        return done == 0 ? body : linked.append(body, done, body.length()).toString();
    }

    private Optional<String> title(String folder, String destination) throws IOException {
        int anchor = destination.indexOf('#');
        String file = anchor < 0 ? destination : destination.substring(0, anchor);
        Optional<String> path = LinkedFiles.path(folder, paths, file);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String title = known.get(path.get());
        if (title == null) {
            title = titles.of(path.get()).orElse("");
            known.put(path.get(), title);
        }
        return Optional.of(title).filter(it -> !it.isEmpty());
    }
}
