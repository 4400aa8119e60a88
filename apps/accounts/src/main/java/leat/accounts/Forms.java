package leat.accounts;

import java.util.List;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.web.Form;
import leat.web.Page;
import leat.web.Problem;
import leat.web.Request;
import leat.web.Response;
import leat.web.ui.FormState;

/** What the forms and lists of this module's pages share. */
final class Forms {
    private Forms() {}

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
        return page.status(Problem.statusOf(refusal.kind()));
    }
}
