package leat.notes.text;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.AttributeProvider;

/**
 * Gives each heading of one rendering an id made of its words, so that it can be linked to; the second of a name gets
 * {@code -2}. The ids begin with a word of ours, so that no heading takes the name of a part of the page.
 */
final class HeadingIds implements AttributeProvider {
    static final String PREFIX = "section-";

    private static final int MAX_CHARS = 60;

    private final Map<String, Integer> taken = new HashMap<>();

    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Heading) {
            String name = PREFIX + words(node);
            int times = taken.merge(name, 1, Integer::sum);
            attributes.put("id", times == 1 ? name : name + "-" + times);
        }
    }

    private static String words(Node heading) {
        var words = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        String name = words.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}_-]+", "-")
                .replaceAll("^-+|-+$", "");
        return name.substring(0, Math.min(name.length(), MAX_CHARS));
    }
}
