package leat.platform;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.util.List;
import leat.web.OpenApi;
import leat.web.Route;
import leat.web.ui.Ui;
import org.jspecify.annotations.NullUnmarked;

/**
 * Our templates by name. What the template compiler makes wants an interceptor or null, and says so in no annotation; so
 * here, and only here, null is not looked for.
 */
@NullUnmarked
final class Templates {
    private Templates() {}

    static Content operations(Ui ui, Operations.Picture picture, Content now) {
        return out -> JteoperationsGenerated.render(html(out), null, ui, picture, now);
    }

    static Content operationsNow(Ui ui, Operations.Picture picture) {
        return out -> JteoperationsNowGenerated.render(html(out), null, ui, picture);
    }

    static Content reference(Ui ui, String wanted, List<OpenApi.Section> sections) {
        return out -> JtereferenceGenerated.render(html(out), null, ui, wanted, sections);
    }

    static Content problemCode(String code, String explained, List<Route> refusing) {
        return out -> JteproblemCodeGenerated.render(html(out), null, code, explained, refusing);
    }

    private static HtmlTemplateOutput html(TemplateOutput out) {
        return out instanceof HtmlTemplateOutput html ? html : new OwaspHtmlTemplateOutput(out);
    }
}
