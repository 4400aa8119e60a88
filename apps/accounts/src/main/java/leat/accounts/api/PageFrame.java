package leat.accounts.api;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Request;
import leat.web.Response;
import leat.web.ui.Icon;
import leat.web.ui.Nav;
import leat.web.ui.Shell;
import leat.web.ui.Ui;

/**
 * Puts a module's pages into the product's shell: who is signed in, which organizations they may switch to, where else one
 * can go. Every module with pages uses this one.
 */
public final class PageFrame {
    private final UnaryOperator<String> assets;
    private final BiFunction<Request, String, List<Nav.Item>> items;
    private final Function<String, List<Organization>> organizationsOf;

    /**
     * @param items the modules, for a request and the name of the page's organization ("" outside of any)
     * @param organizationsOf a person's organizations by user id
     */
    public PageFrame(
            UnaryOperator<String> assets,
            BiFunction<Request, String, List<Nav.Item>> items,
            Function<String, List<Organization>> organizationsOf) {
        this.assets = assets;
        this.items = items;
        this.organizationsOf = organizationsOf;
    }

    /** A page of no organization in particular. */
    public Response page(Request request, String title, Function<Ui, Content> body) {
        return page(request, title, Optional.empty(), List.of(), body);
    }

    /**
     * A page inside the product, for somebody signed in.
     *
     * @param organization the name of the organization that the page is about
     * @param scripts further bundles by asset name
     */
    public Response page(
            Request request,
            String title,
            Optional<String> organization,
            List<String> scripts,
            Function<Ui, Content> body) {
        Ui ui = ui(request);
        return Response.html(Shell.page(ui, title, nav(request, organization), scripts, body.apply(ui)));
    }

    /** A page with nothing around it, for anybody. */
    public Response bare(Request request, String title, Function<Ui, Content> body) {
        Ui ui = ui(request);
        return Response.html(Shell.bare(ui, title, body.apply(ui)));
    }

    /** The parts of pages for a request, with its session's CSRF token. */
    public Ui ui(Request request) {
        String csrf = request.caller() instanceof Caller.Person person
                        && person.credential() instanceof Credential.Session session
                ? session.csrfToken()
                : "";
        return new Ui(assets, csrf);
    }

    private Nav nav(Request request, Optional<String> organization) {
        Caller.Person person = request.person();
        List<Organization> organizations = organizationsOf.apply(person.userId());
        List<Nav.Item> all = new ArrayList<>(items.apply(request, organization.orElse("")));
        organization.ifPresent(name -> {
            String href = "/organizations/" + name;
            all.add(new Nav.Item(
                    "Organization", href, Icon.BUILDING, request.path().startsWith(href)));
        });
        all.add(new Nav.Item(
                "Settings", "/settings", Icon.SETTINGS, request.path().startsWith("/settings")));
        return new Nav(
                "/",
                organization,
                organizations.stream()
                        .map(it -> new Nav.Link(it.name(), "/organizations/" + it.name()))
                        .toList(),
                all,
                Optional.of(new Nav.Account(
                        person.userName(),
                        person.owner() ? "Owner of this installation" : "Signed in",
                        List.of(new Nav.Link("Settings", "/settings"), new Nav.Link("Organizations", "/organizations")),
                        "/sign-out")));
    }
}
