package leat.notes.text;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.PostProcessor;

/** Turns pictures from elsewhere into links: to load one would tell its owner who reads, and pages forbid it. */
final class Pictures implements PostProcessor {
    @Override
    public Node process(Node tree) {
        List<Image> foreign = new ArrayList<>();
        tree.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                if (!SafeHtml.isOwn(image.getDestination())) {
                    foreign.add(image);
                }
                visitChildren(image);
            }
        });
        foreign.forEach(Pictures::becomeLink);
        return tree;
    }

    private static void becomeLink(Image image) {
        var link = new Link(image.getDestination(), image.getTitle());
        if (image.getFirstChild() == null) {
            link.appendChild(new Text(image.getDestination()));
        }
        while (image.getFirstChild() != null) {
            link.appendChild(image.getFirstChild());
        }
        image.insertAfter(link);
        image.unlink();
    }
}
