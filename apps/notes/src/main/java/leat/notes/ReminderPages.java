package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import leat.kernel.Asks;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Form;
import leat.web.Problem;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.outgoing.MailReady;
import leat.web.ui.Action;
import leat.web.ui.Field;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.ReaderZone;
import leat.web.ui.Ui;

/** Reminders as pages: what rings and what will, those of a note, and the address of the calendar. */
final class ReminderPages {
    private static final String OF_NOTE = "/notes/{id}/reminders";

    private final ReminderBook book;
    private final CalendarFeeds feeds;
    private final Asks asks;
    private final Pages pages;

    ReminderPages(ReminderBook book, CalendarFeeds feeds, Asks asks, Pages pages) {
        this.book = book;
        this.feeds = feeds;
        this.asks = asks;
        this.pages = pages;
    }

    List<Route> table() {
        Access viewer = book.notes().may(Right.READ);
        return List.of(
                Route.get("/notes/reminders", Access.signedIn(), this::list),
                Route.get("/notes/reminders/events", Access.signedIn(), this::listEvents),
                Route.put("/notes/reminders/feed", Access.signedIn(), this::open),
                Route.delete("/notes/reminders/feed", Access.signedIn(), this::close),
                Route.get(OF_NOTE, viewer, this::ofNote),
                Route.post(OF_NOTE, viewer, this::set),
                Route.put(OF_NOTE + "/{reminder}/snooze", viewer, this::snooze),
                Route.put(OF_NOTE + "/{reminder}/done", viewer, this::done),
                Route.delete(OF_NOTE + "/{reminder}", viewer, this::cancel));
    }

    /** A line of a list. */
    record Row(ReminderBook.Shown shown, String when, List<Action> actions) {
        boolean rings() {
            return shown.item().rang().isPresent();
        }
    }

    /**
     * @param feed whether there is a calendar feed
     * @param address of one that was made just now
     */
    record ListPage(List<Row> rows, boolean mail, boolean feed, Optional<String> address) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response list(Request request) {
        return listPage(request, Optional.empty());
    }

    private Response listPage(Request request, Optional<String> address) {
        var page = new ListPage(rows(request), MailReady.in(asks), feeds.isOpen(request), address);
        return pages.page(
                request, "Reminders", ui -> content(out -> JteremindersGenerated.render(out, PLAIN, ui, page)));
    }

    private List<Row> rows(Request request) {
        return book.all(request).stream().map(it -> row(it, "?from=list")).toList();
    }

    /** The list anew whenever one of the caller's may have changed. */
    Response listEvents(Request request) {
        Ui ui = pages.ui(request);
        return Response.events(sink -> Following.changes(
                book.notes().announcements(),
                ReminderList.TOPIC,
                sink,
                any -> true,
                () -> sink.send(
                        "",
                        "reminders",
                        PageTemplate.text(
                                content(out -> JtereminderRowsGenerated.render(out, PLAIN, ui, rows(request)))))));
    }

    Response open(Request request) {
        return listPage(request, Optional.of(feeds.open(request)));
    }

    Response close(Request request) {
        feeds.close(request);
        return Response.redirect("/notes/reminders");
    }

    Response ofNote(Request request) {
        return notePage(request, FormState.empty().with("zone", zone(request)).with("minutesBefore", "30"));
    }

    /** The reader's, if it is one that can be chosen. */
    private static String zone(Request request) {
        String zone = ReaderZone.of(request).getId();
        return zones().stream().anyMatch(it -> it.value().equals(zone)) ? zone : "UTC";
    }

    Response set(Request request) {
        Notes.Found note = book.notes().find(request);
        Form form = request.form();
        boolean before = form.first("kind").orElse("at").equals("before");
        var when = new Reminders.When(
                before ? Optional.empty() : Optional.of(form.first("at").orElse("")),
                form.first("zone").map(String::strip).orElse("UTC"),
                before
                        ? Optional.empty()
                        : form.first("repeats").map(String::strip).filter(it -> !it.isEmpty()),
                before
                        ? form.first("minutesBefore")
                                .filter(it -> it.matches("[0-9]{1,7}"))
                                .map(Integer::valueOf)
                                .orElse(-1)
                        : 0);
        try {
            book.set(request, note, when);
            return Response.redirect("/notes/" + note.id() + "/reminders");
        } catch (RefusedException e) {
            FormState typed = new FormState(form.fields(), List.of()).refused(e.refusal());
            return notePage(request, typed).status(Problem.statusOf(e.refusal().kind()));
        }
    }

    Response snooze(Request request) {
        Notes.Found note = book.notes().find(request);
        Instant now = book.now();
        Instant until = switch (request.query("for").orElse("10")) {
            case "60" -> now.plus(Duration.ofHours(1));
            case "tomorrow" -> tomorrow(request, note);
            default -> now.plus(Duration.ofMinutes(10));
        };
        book.tell(request, note, new Reminders.Command.Snooze(request.parameter("reminder"), until));
        return back(request, note);
    }

    /** Nine o'clock in the zone of the reminder. */
    private Instant tomorrow(Request request, Notes.Found note) {
        ZoneId zone = ZoneId.of(book.find(request, note).item().when().zone());
        return LocalDate.ofInstant(book.now(), zone)
                .plusDays(1)
                .atTime(LocalTime.of(9, 0))
                .atZone(zone)
                .toInstant();
    }

    Response done(Request request) {
        Notes.Found note = book.notes().find(request);
        book.tell(request, note, new Reminders.Command.Done(request.parameter("reminder")));
        return back(request, note);
    }

    Response cancel(Request request) {
        Notes.Found note = book.notes().find(request);
        book.tell(request, note, new Reminders.Command.Cancel(request.parameter("reminder")));
        return back(request, note);
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private static Response back(Request request, Notes.Found note) {
        return Response.redirect(
                request.query("from").filter("list"::equals).isPresent()
                        ? "/notes/reminders"
                        : "/notes/" + note.id() + "/reminders");
    }

    private Response notePage(Request request, FormState state) {
        Notes.Found note = book.notes().find(request);
        List<Row> rows = book.of(request, note).stream().map(it -> row(it, "")).toList();
        String title = note.note().content().title();
        boolean due = note.note().content().due().isPresent();
        return pages.page(
                request,
                "Reminders of " + title,
                ui -> content(
                        out -> JtenoteRemindersGenerated.render(out, PLAIN, ui, note.id(), title, due, rows, state)));
    }

    private static Row row(ReminderBook.Shown it, String from) {
        ReminderList.Item item = it.item();
        String path = "/notes/" + item.note() + "/reminders/" + item.id();
        Action cancel = Action.of("Cancel", "DELETE", path + from).styled("button-small button-danger");
        String and = from.isEmpty() ? "?" : from + "&";
        List<Action> actions = item.rang().isPresent()
                ? List.of(
                        Action.of("Done", "PUT", path + "/done" + from).styled("button-small button-primary"),
                        Action.of("In 10 minutes", "PUT", path + "/snooze" + and + "for=10")
                                .styled("button-small"),
                        Action.of("In an hour", "PUT", path + "/snooze" + and + "for=60")
                                .styled("button-small"),
                        Action.of("Tomorrow", "PUT", path + "/snooze" + and + "for=tomorrow")
                                .styled("button-small"))
                : List.of(cancel);
        return new Row(it, words(item.when()), actions);
    }

    private static String words(Reminders.When when) {
        return when.at().isEmpty()
                ? when.minutesBefore() + " minutes before it is due"
                : when.at().get().replace('T', ' ') + " " + when.zone()
                        + when.repeats().map(it -> ", " + often(it)).orElse("");
    }

    private static String often(String rule) {
        return repetitions().stream()
                .filter(it -> it.value().equals(rule))
                .map(Field.Option::label)
                .findFirst()
                .orElse("again by " + rule);
    }

    /** What people repeat most; the interface takes any rule. */
    static List<Field.Option> repetitions() {
        return List.of(
                new Field.Option("", "once"),
                new Field.Option("FREQ=DAILY", "every day"),
                new Field.Option("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "on working days"),
                new Field.Option("FREQ=WEEKLY", "every week"),
                new Field.Option("FREQ=MONTHLY", "every month"),
                new Field.Option("FREQ=YEARLY", "every year"));
    }

    /** Zones as people name them. */
    static List<Field.Option> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(it -> it.equals("UTC")
                        || it.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
                .sorted()
                .map(it -> new Field.Option(it, it.replace('_', ' ')))
                .toList();
    }
}
