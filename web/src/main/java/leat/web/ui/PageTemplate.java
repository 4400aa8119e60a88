package leat.web.ui;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Calls a compiled template: {@code PageTemplate.content(out -> JtenoteGenerated.render(out, PageTemplate.PLAIN, ui, note))}.
 * Templates are called by their typed method, so a wrong argument does not compile.
 */
public final class PageTemplate {
    /** Leaves the tags of forms as the templates wrote them. */
    public static final HtmlInterceptor PLAIN = new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
    };

    private PageTemplate() {}

    public static Content content(Consumer<HtmlTemplateOutput> template) {
        return out -> template.accept(out instanceof HtmlTemplateOutput html ? html : new OwaspHtmlTemplateOutput(out));
    }

    /** A part of a page, as a live event carries it. */
    public static String text(Content content) {
        var text = new StringOutput();
        content.writeTo(new OwaspHtmlTemplateOutput(text));
        return text.toString();
    }
}
