package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /** Pictures that one address reads in {@link #PERIOD}. */
    static final int PICTURES = 1_200;

    static final Duration PERIOD = Duration.ofMinutes(1);

    static final String ROBOTS = "noindex, nofollow, noarchive";

    private static final int ADDRESSES = 10_000;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final String LINK = PublicLinks.PATH + "{token}";

    private final PublicLinks links;
    private final PublicPictures pictures;
    private final Pages pages;
    private final RateLimiter limiter;
    private final RateLimiter pictureLimiter;

    /** @param nanos a clock that never steps back */
    PublicPages(PublicLinks links, PublicPictures pictures, Pages pages, LongSupplier nanos) {
        this.links = links;
        this.pictures = pictures;
        this.pages = pages;
        this.limiter = new RateLimiter(TIMES, PERIOD, ADDRESSES, nanos);
        this.pictureLimiter = new RateLimiter(PICTURES, PERIOD, ADDRESSES, nanos);
    }

    List<Route> table() {
        return List.of(
                Route.get(LINK, Access.anyone(), this::one),
                Route.get(LINK + "/files/{attachment}", Access.anyone(), this::picture),
                Route.get(LINK + "/{note}", Access.anyone(), this::inside),
                Route.get(LINK + "/{note}/files/{attachment}", Access.anyone(), this::pictureInside));
    }

    Response one(Request request) {
        PublicLink.Open link = open(request, limiter);
        return links.note(link)
                .map(note -> note(
                        request,
                        note.content(),
                        Optional.empty(),
                        pictures.below(path(request), link.target().id())))
                .or(() -> links.notebook(link).map(notebook -> notebook(request, link, notebook)))
                .orElseThrow(() -> PublicLink.absent().asException());
    }

    Response inside(Request request) {
        PublicLink.Open link = open(request, limiter);
        String id = request.parameter("note");
        return links.notebook(link)
                .flatMap(notebook -> links.noteIn(link, id)
                        .map(note -> note(
                                request,
                                note.content(),
                                Optional.of(notebook.name()),
                                pictures.below(path(request) + "/" + id, id))))
                .orElseThrow(() -> PublicLink.absent().asException());
    }

    Response picture(Request request) {
        PublicLink.Open link = open(request, pictureLimiter);
        return links.note(link)
                .map(note -> picture(request, link.target().id(), note))
                .orElseThrow(() -> PublicLink.absent().asException());
    }

    Response pictureInside(Request request) {
        PublicLink.Open link = open(request, pictureLimiter);
        String id = request.parameter("note");
        return links.notebook(link)
                .flatMap(_ -> links.noteIn(link, id))
                .map(note -> picture(request, id, note))
                .orElseThrow(() -> PublicLink.absent().asException());
    }

    private Response picture(Request request, String id, Note.Kept note) {
        return pictures.read(request, id, note.content(), request.parameter("attachment"));
    }

    private PublicLink.Open open(Request request, RateLimiter within) {
        within.pass(request.remoteAddress());
        return links.open(request.parameter("token"));
    }

    private static String path(Request request) {
        return PublicLinks.PATH + request.parameter("token");
    }

    private Response notebook(Request request, PublicLink.Open link, Notebook.Kept notebook) {
        String path = path(request);
        List<PublicPage.Entry> entries = links.notesIn(link).stream()
                .map(it -> new PublicPage.Entry(path + "/" + it.id(), it.title(), it.changedAt()))
                .toList();
        return shown(
                request,
                new PublicPage(notebook.name(), Optional.empty(), Optional.empty(), Optional.empty(), entries));
    }

    private Response note(
            Request request, Content note, Optional<String> back, Function<String, Optional<String>> files) {
        String html = Markdown.html(note.body(), _ -> Optional.of(Markdown.Target.NOWHERE), files);
        return shown(
                request,
                new PublicPage(note.title(), back, note.url(), Optional.of(out -> out.writeContent(html)), List.of()));
    }

    private Response shown(Request request, PublicPage page) {
        return pages.bare(
                        request,
                        page.title(),
                        ui -> content(out -> JtenotePublicGenerated.render(out, PLAIN, ui, page, path(request))))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", ROBOTS)
                .header("Cache-Control", "no-store");
    }
}
