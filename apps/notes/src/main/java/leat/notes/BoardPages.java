package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.Sender;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.ReaderZone;
import leat.web.ui.Tone;
import leat.web.ui.Ui;

/** The board and the calendar. */
final class BoardPages {
    private static final int MAX_CARDS = 100;
    private static final int MAX_DUE = 500;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private final Notes notes;
    private final Pages pages;

    BoardPages(Notes notes, Pages pages) {
        this.notes = notes;
        this.pages = pages;
    }

    List<Route> table() {
        Access editor = notes.may(Right.WRITE);
        return List.of(
                Route.get("/notes/board", Access.signedIn(), this::board),
                Route.get("/notes/board/events", Access.signedIn(), this::boardEvents),
                Route.put("/notes/{id}/status", editor, this::move),
                Route.get("/notes/calendar", Access.signedIn(), this::calendar));
    }

    // --- the board -----------------------------------------------------------------------------------------------

    Response board(Request request) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return NotesPages.nowhere(pages, request);
        }
        BoardPage page = shown(request, scope.get());
        return pages.page(
                request,
                "Board",
                Optional.empty(),
                List.of("notes.js"),
                ui -> content(out -> JteboardGenerated.render(out, PLAIN, ui, page)));
    }

    private BoardPage shown(Request request, Scope scope) {
        Instant now = now();
        return new BoardPage(
                scope,
                BoardPage.STATUSES.stream()
                        .map(it -> column(request, scope, it, now))
                        .toList());
    }

    private BoardPage.Column column(Request request, Scope scope, Content.Status status, Instant now) {
        List<NoteList.Item> found = notes.column(request, scope.id(), status, notebook(request), MAX_CARDS + 1);
        return new BoardPage.Column(
                status,
                found.stream()
                        .limit(MAX_CARDS)
                        .map(it -> BoardPage.Card.of(it, now, mayMove(request, scope, it)))
                        .toList(),
                found.size() > MAX_CARDS);
    }

    /** Those who only look may still write what is shared with them, and those who write may not what is not. */
    private boolean mayMove(Request request, Scope scope, NoteList.Item note) {
        return Visibility.isAuthor(Sender.person(request), note.identity())
                || (note.access() == Content.Access.PUBLIC && scope.mayWrite())
                || notes.seen(request, note.id())
                        .flatMap(it -> notes.right(request, it))
                        .filter(it -> it.includes(Right.WRITE))
                        .isPresent();
    }

    private static Optional<String> notebook(Request request) {
        return request.query("notebook").filter(it -> !it.isEmpty());
    }

    Response boardEvents(Request request) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return Response.noContent();
        }
        Ui ui = pages.ui(request);
        return Response.events(sink -> Following.changes(
                notes.announcements(), sink, id -> notes.isOf(id, scope.get().id()), () -> {
                    if (notes.organizations()
                            .isMember(request.person().userId(), scope.get().id())) {
                        sink.send("", "board", PageTemplate.text(columns(ui, shown(request, scope.get()))));
                    } else {
                        sink.send("", "end", "left");
                        sink.close();
                    }
                }));
    }

    /** Moves a card; a board that asks by itself gets its columns anew. */
    Response move(Request request) {
        Notes.Found found = notes.find(request);
        Content.Status status = NoteDraft.status(request.form().first("status").orElse(""));
        notes.tell(request, found, new Note.Command.Move(status));
        Scope scope = Scope.of(request, notes.organizations(), found.note().identity());
        return request.isHtmx()
                ? Response.html(columns(pages.ui(request), shown(request, scope)))
                : Response.redirect(
                        request.query("from").filter("note"::equals).isPresent()
                                ? "/notes/" + found.id()
                                : scope.link("/notes/board"));
    }

    private static gg.jte.Content columns(Ui ui, BoardPage page) {
        return content(out -> JteboardColumnsGenerated.render(out, PLAIN, ui, page));
    }

    // --- the calendar --------------------------------------------------------------------------------------------

    Response calendar(Request request) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return NotesPages.nowhere(pages, request);
        }
        ZoneId zone = ReaderZone.of(request);
        LocalDate today = LocalDate.ofInstant(now(), zone);
        YearMonth month = request.query("month")
                .filter(it -> it.matches("[1-9][0-9]{3}-(0[1-9]|1[0-2])"))
                .map(YearMonth::parse)
                .orElse(YearMonth.from(today));
        LocalDate first = month.atDay(1).minusDays(month.atDay(1).getDayOfWeek().getValue() - 1L);
        LocalDate last = month.atEndOfMonth()
                .plusDays(7L - month.atEndOfMonth().getDayOfWeek().getValue());
        List<NoteList.Item> due = due(request, scope.get(), instant(first, zone), instant(last.plusDays(1), zone));
        var page = new CalendarPage(
                scope.get(), month, zone.getId(), today, days(first, last, due, zone), due.size() > MAX_DUE);
        return pages.page(request, "Calendar", ui -> content(out -> JtecalendarGenerated.render(out, PLAIN, ui, page)));
    }

    private List<NoteList.Item> due(Request request, Scope scope, Instant from, Instant before) {
        var filter = new NoteFilter(
                NoteList.State.KEPT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(from),
                Optional.of(before),
                "",
                Optional.of(false));
        return notes.list()
                .read(sql -> NoteList.of(
                        sql,
                        scope.id(),
                        Sender.person(request),
                        filter,
                        NoteList.Order.DUE,
                        Optional.empty(),
                        MAX_DUE + 1));
    }

    private List<CalendarPage.Day> days(LocalDate first, LocalDate last, List<NoteList.Item> due, ZoneId zone) {
        Instant now = now();
        Map<LocalDate, List<CalendarPage.Entry>> entries = due.stream()
                .limit(MAX_DUE)
                .collect(Collectors.groupingBy(
                        it -> LocalDate.ofInstant(it.due().orElseThrow(), zone),
                        Collectors.mapping(it -> entry(it, now, zone), Collectors.toList())));
        return Stream.iterate(first, it -> it.plusDays(1))
                .limit(ChronoUnit.DAYS.between(first, last) + 1)
                .map(it -> new CalendarPage.Day(it, entries.getOrDefault(it, List.of())))
                .toList();
    }

    private static CalendarPage.Entry entry(NoteList.Item item, Instant now, ZoneId zone) {
        Instant due = item.due().orElseThrow();
        Tone tone = item.status() == Content.Status.COMPLETED ? Tone.GREEN : due.isBefore(now) ? Tone.RED : Tone.ACCENT;
        return new CalendarPage.Entry(item.id(), item.title(), TIME.format(due.atZone(zone)), tone);
    }

    private static Instant instant(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private Instant now() {
        return notes.sender().clock().instant();
    }
}
