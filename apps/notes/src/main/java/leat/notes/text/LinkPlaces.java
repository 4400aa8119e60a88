package leat.notes.text;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.PostProcessor;
import org.commonmark.renderer.html.AttributeProvider;

/**
 * Carries the links between notes through one rendering: each is its number between two characters that Unicode keeps for
 * such use, until the Markdown around it is understood. So no sign in a title, nor the bar in a table, is taken for Markdown.
 *
 * <p>Who types these characters themselves gets one of the links of the same text, or sees what was typed.
 */
final class LinkPlaces implements PostProcessor, AttributeProvider {
    private static final Pattern PLACE = Pattern.compile("\uFDD0([0-9]{1,6})\uFDD1");

    private final String text;
    private final List<Links.Link> links;
    private final Function<String, Optional<Markdown.Target>> targets;
    private final IdentityHashMap<Node, String> classes = new IdentityHashMap<>();

    LinkPlaces(String text, List<Links.Link> links, Function<String, Optional<Markdown.Target>> targets) {
        this.text = text;
        this.links = links;
        this.targets = targets;
    }

    /** The text with numbers in place of links. */
    String text() {
        var placed = new StringBuilder();
        int done = 0;
        for (int i = 0; i < links.size(); i++) {
            placed.append(text, done, links.get(i).from());
            placed.append('\uFDD0').append(i).append('\uFDD1');
            done = links.get(i).to();
        }
        return placed.append(text, done, text.length()).toString();
    }

    @Override
    public Node process(Node tree) {
        List<Text> holders = new ArrayList<>();
        tree.accept(new AbstractVisitor() {
            @Override
            public void visit(Text it) {
                if (it.getLiteral().indexOf('\uFDD0') >= 0) {
                    holders.add(it);
                }
            }
        });
        holders.forEach(this::replace);
        return tree;
    }

    private void replace(Text holder) {
        String literal = holder.getLiteral();
        Matcher place = PLACE.matcher(literal);
        int done = 0;
        while (place.find()) {
            int number = Integer.parseInt(place.group(1));
            if (number < links.size()) {
                holder.insertBefore(new Text(literal.substring(done, place.start())));
                holder.insertBefore(shown(links.get(number)));
                done = place.end();
            }
        }
        holder.setLiteral(literal.substring(done));
    }

    private Node shown(Links.Link link) {
        Optional<Markdown.Target> target = targets.apply(link.title());
        if (target.isEmpty()) {
            return new Text(text.substring(link.from(), link.to()));
        }
        if (target.get().equals(Markdown.Target.NOWHERE)) {
            return new Text(link.shown());
        }
        var leading = new Link(target.get().href(), null);
        classes.put(leading, target.get().exists() ? "note-link" : "note-link note-missing");
        leading.appendChild(new Text(link.shown()));
        return leading;
    }

    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
        String name = classes.get(node);
        if (name != null) {
            attributes.put("class", name);
        }
    }
}
