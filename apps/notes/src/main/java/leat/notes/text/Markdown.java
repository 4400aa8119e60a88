package leat.notes.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as HTML that is safe in a page, whatever was typed: CommonMark with tables, task lists, strikethrough, bare
 * addresses as links, {@code [[Title]]} as links to notes, and headings that can be linked to.
 *
 * <p>The text itself is never changed; what is dangerous is taken out of each rendering. HTML in Markdown stays as far as
 * {@link SafeHtml} lets it.
 */
public final class Markdown {
    /** Deeper quotations and lists, and deeper emphasis, are plain text; a page that deep could not be read, nor drawn. */
    static final int MAX_BLOCKS = 40;

    static final int MAX_INLINES = 40;

    private static final List<Extension> EXTENSIONS = List.of(
            TablesExtension.create(),
            StrikethroughExtension.create(),
            TaskListItemsExtension.create(),
            AutolinkExtension.create());

    private static final Parser PARSER = parser().postProcessor(new Pictures()).build();

    private static final Parser SPANS =
            parser().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();

    private static final HtmlRenderer RENDERER = renderer().build();

    private Markdown() {}

    /**
     * Where a link to a note leads.
     *
     * @param href an address within the product
     * @param exists whether there is such a note for the reader; another look when there is none
     */
    public record Target(String href, boolean exists) {
        /** No link: what it would show stands in the text, without the signs of a link. */
        public static final Target NOWHERE = new Target("", false);
    }

    /**
     * The text as safe HTML.
     *
     * @param targets where the note with this title is; a link whose target is empty is shown as it was typed
     */
    public static String html(String text, Function<String, Optional<Target>> targets) {
        return html(text, targets, _ -> Optional.empty());
    }

    /**
     * The text as safe HTML that shows attached files.
     *
     * @param files where the file of this name is, an address within the product; see {@link AttachedFiles}
     */
    public static String html(
            String text, Function<String, Optional<Target>> targets, Function<String, Optional<String>> files) {
        List<Links.Link> links = Links.in(text);
        if (links.isEmpty() && !AttachedFiles.areIn(text)) {
            return SafeHtml.of(RENDERER.render(PARSER.parse(text)));
        }
        var placed = new LinkPlaces(text, links, targets);
        Parser parser = parser().postProcessor(new AttachedFiles(files))
                .postProcessor(new Pictures())
                .postProcessor(placed)
                .build();
        HtmlRenderer renderer = renderer().attributeProviderFactory(_ -> placed).build();
        return SafeHtml.of(renderer.render(parser.parse(placed.text())));
    }

    /** The text as safe HTML in which links between notes stay as they were typed. */
    public static String html(String text) {
        return SafeHtml.of(RENDERER.render(PARSER.parse(text)));
    }

    /** The text as a tree that knows where in the text each of its nodes stands. */
    static Node tree(String text) {
        return SPANS.parse(text);
    }

    private static Parser.Builder parser() {
        return Parser.builder()
                .extensions(EXTENSIONS)
                .maxOpenBlockParsers(MAX_BLOCKS)
                .maxInlineNesting(MAX_INLINES);
    }

    private static HtmlRenderer.Builder renderer() {
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .sanitizeUrls(true)
                .attributeProviderFactory(_ -> new HeadingIds());
    }
}
