package leat.platform;

import java.util.ArrayList;
import java.util.List;
import leat.web.Problem;
import leat.web.ProblemPages;
import leat.web.Request;
import leat.web.Response;
import leat.web.ui.Nav;
import leat.web.ui.Pages;
import leat.web.ui.ProblemPage;
import leat.web.ui.Shell;
import leat.web.ui.Ui;

/** Problems as pages in the product's own dress, with somewhere to go next. */
final class PlatformProblemPages implements ProblemPages {
    private final Pages pages;

    PlatformProblemPages(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Response page(Problem problem, Request request) {
        if (request.isHtmx()) {
            return ProblemPages.toast(problem);
        }
        Ui ui = pages.ui(request);
        var next = new ArrayList<Nav.Link>();
        if (problem.status() == 401) {
            next.add(new Nav.Link("Sign in", "/sign-in"));
        }
        next.add(new Nav.Link("Home", "/"));
        next.add(new Nav.Link("About this problem", problem.type()));
        var content = new ProblemPage(
                problem.status(), problem.title(), problem.detail(), problem.instance(), List.copyOf(next));
        return Response.html(problem.status(), Shell.bare(ui, problem.title(), ui.problem(content)));
    }
}
