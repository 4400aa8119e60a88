package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import leat.notes.text.Markdown;
import leat.web.Access;
import leat.web.RateLimiter;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.Pages;

/** What is behind public links, for anybody who has the address. */
final class PublicPages {
    /** Pages that one address reads in {@link #PERIOD}. */
    static final int TIMES = 120;

    static final Duration PERIOD = Duration.ofMinutes(1);

    private static final int ADDRESSES = 10_000;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final PublicLinks links;
    private final Pages pages;
    private final RateLimiter limiter;

    /** @param nanos a clock that never steps back */
    PublicPages(PublicLinks links, Pages pages, LongSupplier nanos) {
        this.links = links;
        this.pages = pages;
        this.limiter = new RateLimiter(TIMES, PERIOD, ADDRESSES, nanos);
    }

    List<Route> table() {
        return List.of(
                Route.get(PublicLinks.PATH + "{token}", Access.anyone(), this::one),
                Route.get(PublicLinks.PATH + "{token}/{note}", Access.anyone(), this::inside));
    }

    Response one(Request request) {
        PublicLink.Open link = open(request);
        return links.note(link)
                .map(note -> note(request, note.content(), Optional.empty()))
                .or(() -> links.notebook(link).map(notebook -> notebook(request, link, notebook)))
                .orElseThrow(() -> PublicLink.absent().asException());
    }

    Response inside(Request request) {
        PublicLink.Open link = open(request);
        Notebook.Kept notebook =
                links.notebook(link).orElseThrow(() -> PublicLink.absent().asException());
        return links.noteIn(link, request.parameter("note"))
                .map(note -> note(request, note.content(), Optional.of(notebook.name())))
                .orElseThrow(() -> PublicLink.absent().asException());
    }

    private PublicLink.Open open(Request request) {
        limiter.pass(request.remoteAddress());
        return links.open(request.parameter("token"));
    }

    private Response notebook(Request request, PublicLink.Open link, Notebook.Kept notebook) {
        String path = PublicLinks.PATH + request.parameter("token");
        List<PublicPage.Entry> entries = links.notesIn(link).stream()
                .map(it -> new PublicPage.Entry(path + "/" + it.id(), it.title(), it.changedAt()))
                .toList();
        return shown(
                request,
                new PublicPage(notebook.name(), Optional.empty(), Optional.empty(), Optional.empty(), entries));
    }

    private Response note(Request request, Content note, Optional<String> back) {
        String html = Markdown.html(note.body());
        return shown(
                request,
                new PublicPage(note.title(), back, note.url(), Optional.of(out -> out.writeContent(html)), List.of()));
    }

    private Response shown(Request request, PublicPage page) {
        return pages.bare(
                        request,
                        page.title(),
                        ui -> content(out -> JtenotePublicGenerated.render(
                                out, PLAIN, ui, page, PublicLinks.PATH + request.parameter("token"))))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex, nofollow, noarchive")
                .header("Cache-Control", "no-store");
    }
}
