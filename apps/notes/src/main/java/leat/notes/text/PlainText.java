package leat.notes.text;

import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/**
 * Markdown as somebody would read it aloud, for lists: the words without the signs that shape them, HTML and addresses left
 * out, {@code [[Title|shown text]]} by what it shows.
 */
public final class PlainText {
    private static final Pattern LINK = Pattern.compile("\\[\\[(?:[^\\[\\]|\\n]{1,510}\\|)?([^\\[\\]|\\n]{1,510})]]");

    private PlainText() {}

    /** The words in one line, their spaces drawn together. */
    public static String of(String markdown) {
        var words = new StringBuilder();
        Markdown.tree(markdown).accept(new Reading(words));
        return LINK.matcher(words).replaceAll("$1").replaceAll("\\s+", " ").strip();
    }

    private static final class Reading extends AbstractVisitor {
        private final StringBuilder words;

        Reading(StringBuilder words) {
            this.words = words;
        }

        @Override
        public void visit(Text text) {
            words.append(text.getLiteral());
        }

        @Override
        public void visit(Code code) {
            words.append(code.getLiteral());
        }

        @Override
        public void visit(FencedCodeBlock block) {
            words.append(block.getLiteral()).append('\n');
        }

        @Override
        public void visit(IndentedCodeBlock block) {
            words.append(block.getLiteral()).append('\n');
        }

        @Override
        public void visit(SoftLineBreak line) {
            words.append('\n');
        }

        @Override
        public void visit(HardLineBreak line) {
            words.append('\n');
        }

        @Override
        public void visit(Paragraph paragraph) {
            visitChildren(paragraph);
            words.append('\n');
        }

        @Override
        public void visit(Heading heading) {
            visitChildren(heading);
            words.append('\n');
        }

        @Override
        public void visit(ListItem item) {
            visitChildren(item);
            words.append('\n');
        }

        @Override
        public void visit(CustomNode node) {
            if (!(node instanceof TaskListItemMarker)) {
                visitChildren(node);
            }
            if (node instanceof TableCell) {
                words.append('\n');
            }
        }

        @Override
        public void visit(CustomBlock block) {
            visitChildren(block);
        }
    }
}
