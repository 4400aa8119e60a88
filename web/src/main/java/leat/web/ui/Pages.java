package leat.web.ui;

import gg.jte.Content;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import leat.web.Caller;
import leat.web.Confirmation;
import leat.web.Credential;
import leat.web.Request;
import leat.web.Response;
import leat.web.ui.generated.JteconfirmationGenerated;

/**
 * Puts a page's content into the frame that all modules share: the navigation of everything mounted, and the caller's
 * menu.
 */
public final class Pages {
    private final UnaryOperator<String> assets;
    private final List<Place> places;
    private final Switcher switcher;

    /** @param assets from an asset's name to its URL */
    public Pages(UnaryOperator<String> assets, List<Place> places, Switcher switcher) {
        this.assets = assets;
        this.places =
                places.stream().sorted(Comparator.comparingInt(Place::rank)).toList();
        this.switcher = switcher;
    }

    /** The parts of pages for this request. */
    public Ui ui(Request request) {
        return new Ui(assets, csrfToken(request.caller()));
    }

    /** A page inside the product, outside of any organization. */
    public Response page(Request request, String title, Function<Ui, Content> body) {
        return page(request, title, Optional.empty(), List.of(), body);
    }

    /**
     * A page inside the product.
     *
     * @param organization the label of the organization that the page belongs to
     * @param scripts further bundles by asset name, such as {@code editor.js}
     */
    public Response page(
            Request request,
            String title,
            Optional<String> organization,
            List<String> scripts,
            Function<Ui, Content> body) {
        Ui ui = ui(request);
        return Response.html(Shell.page(ui, title, navigation(request, organization), scripts, body.apply(ui)));
    }

    /** A page for somebody who may not be known yet: sign-in, invitations. */
    public Response bare(Request request, String title, Function<Ui, Content> body) {
        Ui ui = ui(request);
        return Response.html(Shell.bare(ui, title, body.apply(ui)));
    }

    /** A page that asks whether a deed is meant. */
    public Response confirmation(Confirmation asked, Request request) {
        return bare(
                request,
                asked.question(),
                ui -> Ui.template(out -> JteconfirmationGenerated.render(out, null, ui, asked)));
    }

    /** What the caller may go to, seen from the page requested. */
    public Nav navigation(Request request, Optional<String> organization) {
        if (!(request.caller() instanceof Caller.Person person)) {
            return new Nav("/", Optional.empty(), List.of(), List.of(), Optional.empty());
        }
        return new Nav(
                "/",
                organization,
                switcher.organizations(person),
                visible(person).map(place -> place.at(request.path())).toList(),
                Optional.of(new Nav.Account(
                        person.userName(),
                        person.owner() ? "Owner of this Leat" : "",
                        List.of(new Nav.Link("Settings", "/settings")),
                        "/sign-out")));
    }

    /** Where the caller's day begins: the first place that they may go to. */
    public Optional<String> first(Caller.Person person) {
        return visible(person).map(Place::href).findFirst();
    }

    private Stream<Place> visible(Caller.Person person) {
        return places.stream()
                .filter(place -> person.owner() || !place.ownersOnly())
                .limit(Nav.MAX_ITEMS);
    }

    private static String csrfToken(Caller caller) {
        return caller instanceof Caller.Person person && person.credential() instanceof Credential.Session session
                ? session.csrfToken()
                : "";
    }
}
