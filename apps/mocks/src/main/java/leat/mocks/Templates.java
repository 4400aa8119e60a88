package leat.mocks;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;
import java.util.function.Consumer;

/** Between this module's pages and its templates. */
final class Templates {
    /** Leaves the tags of forms as the templates wrote them. */
    static final HtmlInterceptor PLAIN = new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
    };

    private Templates() {}

    static Content content(Consumer<HtmlTemplateOutput> template) {
        return out -> template.accept(out instanceof HtmlTemplateOutput html ? html : new OwaspHtmlTemplateOutput(out));
    }

    /** A part of a page, as an event carries it. */
    static String text(Content content) {
        var text = new StringOutput();
        content.writeTo(new OwaspHtmlTemplateOutput(text));
        return text.toString();
    }
}
