package leat.notes.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.PostProcessor;

/**
 * Leads what a text says of its attached files to where they are: {@code ![roof](attachment:roof.png)}, as in the cells of
 * Jupyter. A name with spaces or brackets is written as an address has it, {@code my%20roof.png}, or between angle brackets.
 *
 * <p>The text names files and no addresses, so that it stays the same when the note is copied, exported or read elsewhere.
 */
final class AttachedFiles implements PostProcessor {
    private static final String SCHEME = "attachment:";

    private final Function<String, Optional<String>> files;

    AttachedFiles(Function<String, Optional<String>> files) {
        this.files = files;
    }

    /** Whether a text may speak of any. */
    static boolean areIn(String text) {
        return text.toLowerCase(Locale.ROOT).contains(SCHEME);
    }

    @Override
    public Node process(Node tree) {
        tree.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                address(image.getDestination()).ifPresent(image::setDestination);
                visitChildren(image);
            }

            @Override
            public void visit(Link link) {
                address(link.getDestination()).ifPresent(link::setDestination);
                visitChildren(link);
            }
        });
        return tree;
    }

    private Optional<String> address(String destination) {
        if (!destination.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String name = destination.substring(SCHEME.length());
        return files.apply(name).or(() -> decoded(name).flatMap(files));
    }

    private static Optional<String> decoded(String name) {
        try {
            return Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
