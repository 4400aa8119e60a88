package leat.accounts;

import gg.jte.Content;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.util.List;
import java.util.function.Consumer;
import leat.kernel.Refusal;
import leat.web.Form;
import leat.web.Response;
import leat.web.ui.FormState;

/** Between this module's pages and its templates. */
final class Templates {
    private Templates() {}

    static Content content(Consumer<HtmlTemplateOutput> template) {
        return out ->
                template.accept(out instanceof HtmlTemplateOutput html ? html : new OwaspHtmlTemplateOutput(out));
    }

    /** A form as it was sent. Passwords are in it, but no password field ever shows its value. */
    static FormState state(Form form) {
        return new FormState(form.fields(), List.of());
    }

    /** The status of a page that shows a form again. */
    static Response refused(Response page, Refusal refusal) {
        return page.status(
                switch (refusal.kind()) {
                    case INVALID -> 400;
                    case UNAUTHENTICATED -> 401;
                    case FORBIDDEN -> 403;
                    case ABSENT -> 404;
                    case CONFLICT -> 409;
                    case GONE -> 410;
                    case STALE -> 412;
                    case TOO_LARGE -> 413;
                    case EXHAUSTED -> 429;
                });
    }
}
