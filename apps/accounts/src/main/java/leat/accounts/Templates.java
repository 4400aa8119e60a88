package leat.accounts;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import leat.kernel.Refusal;
import leat.web.Form;
import leat.web.Page;
import leat.web.Request;
import leat.web.Response;
import leat.web.ui.FormState;

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

    /** A form as it was sent. Passwords are in it, but no password field ever shows its value. */
    static FormState state(Form form) {
        return new FormState(form.fields(), List.of());
    }

    /** The address of a list's next page, with everything else that was asked. */
    static Optional<String> next(Request request, Page<?> page) {
        return Response.page(request, page).header("Link").map(link -> link.substring(1, link.indexOf('>')));
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
