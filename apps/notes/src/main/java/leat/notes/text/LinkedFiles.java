package leat.notes.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/** Finds the files that a text of another program links to where they lie, and names them as attachments instead. */
final class LinkedFiles {
    /** As Obsidian shows a file in a text, by its name alone or by its path. */
    private static final Pattern SHOWN =
            Pattern.compile("!\\[\\[([^\\[\\]|#\\r\\n]{1,510})(?:[|#][^\\[\\]\\r\\n]{0,510})?]]");

    private static final Pattern PICTURE = Pattern.compile("(?i).*\\.(png|jpe?g|gif|webp)");

    /** Files of one text; a note has no more. */
    private static final int MAX = 200;

    private final String folder;
    private final Set<String> paths;
    private final Map<String, String> byName;
    private final Map<String, String> files = new LinkedHashMap<>();

    /**
     * @param folder in which the note lies
     * @param paths of what there is
     * @param byName the same paths by {@link #byName}
     */
    LinkedFiles(String folder, Set<String> paths, Map<String, String> byName) {
        this.folder = folder;
        this.paths = paths;
        this.byName = byName;
    }

    /** The paths of files that alone are called as they are, by that name. */
    static Map<String, String> byName(Set<String> paths) {
        var byName = new HashMap<String, String>();
        var several = new HashSet<String>();
        for (String path : paths) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (byName.put(name, path) != null) {
                several.add(name);
            }
        }
        byName.keySet().removeAll(several);
        return Map.copyOf(byName);
    }

    /** From name to path: what {@link #attached} has found. */
    Map<String, String> files() {
        return files;
    }

    String attached(String body) {
        var linked = new LinkedHashSet<String>();
        Markdown.tree(body).accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                linked.add(image.getDestination());
                visitChildren(image);
            }

            @Override
            public void visit(Link link) {
                linked.add(link.getDestination());
                visitChildren(link);
            }
        });
        String text = body;
        for (String destination : linked) {
            Optional<String> path = path(folder, paths, destination);
            if (path.isPresent() && files.size() < MAX) {
                String address = "attachment:" + encoded(name(path.get()));
                text = text.replace("](" + destination + ")", "](" + address + ")")
                        .replace("](<" + destination + ">", "](" + address)
                        .replace("](" + destination + " ", "](" + address + " ")
                        .replace("]: " + destination, "]: " + address);
            }
        }
        return SHOWN.matcher(text)
                .replaceAll(it -> Matcher.quoteReplacement(named(it.group(1).strip())
                        .filter(_ -> files.size() < MAX)
                        .map(this::shown)
                        .orElse(it.group())));
    }

    private String shown(String path) {
        String name = name(path);
        return (PICTURE.matcher(name).matches() ? "!" : "") + "[" + name.replaceAll("([\\\\\\[\\]])", "\\\\$1")
                + "](attachment:" + encoded(name) + ")";
    }

    /** A file by its path, or the only one that is called so. */
    private Optional<String> named(String called) {
        return path(folder, paths, called)
                .or(() -> path("", paths, called))
                .or(() -> Optional.ofNullable(byName.get(called)));
    }

    /** The one of the paths that a link in a folder leads to. */
    static Optional<String> path(String folder, Set<String> paths, String destination) {
        if (destination.isEmpty() || destination.startsWith("#") || destination.contains("://")) {
            return Optional.empty();
        }
        return resolved(folder, paths, destination)
                .or(() -> decoded(destination).flatMap(it -> resolved(folder, paths, it)));
    }

    private static Optional<String> resolved(String folder, Set<String> paths, String destination) {
        try {
            // Only for its dots: whatever else is in a path must not be read as an address.
            String base = folder.isEmpty() ? "/" : "/" + folder + "/";
            URI all = new URI(null, null, base + destination, null).normalize();
            return Optional.of(all.getPath().substring(1)).filter(paths::contains);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> decoded(String destination) {
        try {
            return Optional.of(URLDecoder.decode(destination.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Two files of one name lie in different folders. */
    private String name(String path) {
        String bare = path.substring(path.lastIndexOf('/') + 1);
        String name = bare;
        for (int i = 2; files.containsKey(name) && !path.equals(files.get(name)); i++) {
            name = i + "-" + bare;
        }
        files.put(name, path);
        return name;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
