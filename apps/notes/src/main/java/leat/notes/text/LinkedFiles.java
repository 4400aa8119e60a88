package leat.notes.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/** Finds the files that a text of another program links to where they lie, and names them as attachments instead. */
final class LinkedFiles {
    private final String folder;
    private final Set<String> paths;
    private final Map<String, String> files = new LinkedHashMap<>();

    /**
     * @param folder in which the note lies
     * @param paths of what there is
     */
    LinkedFiles(String folder, Set<String> paths) {
        this.folder = folder;
        this.paths = paths;
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
            if (path.isPresent()) {
                String address = "attachment:" + encoded(name(path.get()));
                text = text.replace("](" + destination + ")", "](" + address + ")")
                        .replace("](<" + destination + ">", "](" + address)
                        .replace("](" + destination + " ", "](" + address + " ")
                        .replace("]: " + destination, "]: " + address);
            }
        }
        return text;
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
