package leat.notes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Json;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** The HTTP interface of reminders and of the calendar feed; everybody has their own. */
final class RemindersApi {
    private static final String MINE = "/api/notes/reminders";
    private static final String OF_NOTE = "/api/notes/notes/{id}/reminders";
    private static final String REMINDER = OF_NOTE + "/{reminder}";
    private static final String FEED = "/api/notes/calendar-feed";

    private final ReminderBook book;
    private final CalendarFeeds feeds;

    RemindersApi(ReminderBook book, CalendarFeeds feeds) {
        this.book = book;
        this.feeds = feeds;
    }

    List<Route> table() {
        Access viewer = book.notes().may(Right.READ);
        return List.of(
                Route.get(MINE, Access.signedIn(), this::mine)
                        .summary("List the caller's reminders: those that ring, then by their next time.")
                        .answers(All.class),
                Route.get(MINE + "/events", Access.signedIn(), this::follow)
                        .summary("Follow the caller's reminders: an event \"reminders\" with the list at each change.")
                        .answers("text/event-stream"),
                Route.get(OF_NOTE, viewer, this::ofNote)
                        .summary("List the caller's reminders of a note.")
                        .answers(All.class)
                        .refuses("note.absent"),
                Route.post(OF_NOTE, viewer, this::set)
                        .summary(
                                "Set a reminder of a note: at a local time of a zone, or some minutes before it is due.")
                        .takes(Draft.class)
                        .answers(201, Shown.class)
                        .refuses("note.absent", "reminder.invalid", "reminder.too-many"),
                Route.put(REMINDER + "/snooze", viewer, this::snooze)
                        .summary("Put a reminder that rings off.")
                        .takes(Snooze.class)
                        .answers(Shown.class)
                        .refuses("note.absent", "reminder.absent", "reminder.silent", "reminder.invalid"),
                Route.put(REMINDER + "/done", viewer, this::done)
                        .summary("Say that a reminder was seen; one that comes again does.")
                        .answers(204)
                        .refuses("note.absent", "reminder.absent"),
                Route.delete(REMINDER, viewer, this::cancel)
                        .summary("Cancel a reminder.")
                        .answers(204)
                        .refuses("note.absent", "reminder.absent"),
                Route.get(FEED, Access.signedIn(), this::feed)
                        .summary("Tell whether the caller has a calendar feed.")
                        .answers(Feed.class),
                Route.put(FEED, Access.signedIn(), this::open)
                        .summary("Make a secret address of the caller's calendar; one made before stops working.")
                        .answers(OpenFeed.class),
                Route.delete(FEED, Access.signedIn(), this::close)
                        .summary("Make the address of the caller's calendar useless.")
                        .answers(204),
                Route.get(CalendarFeeds.PATH + "{secret}", Access.anyone(), this::calendar)
                        .summary("A person's calendar as iCalendar, by its secret address."));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /**
     * @param at local time, as {@code 2026-06-01T09:00}; absent for one before the note is due
     * @param zone in which it is meant, usually UTC
     * @param repeats a rule of RFC 5545, as {@code FREQ=WEEKLY}
     * @param minutesBefore the note is due
     */
    record Draft(
            Optional<String> at, Optional<String> zone, Optional<String> repeats, Optional<Integer> minutesBefore) {
        Reminders.When when() {
            return new Reminders.When(
                    at.map(String::strip),
                    zone.map(String::strip).filter(it -> !it.isEmpty()).orElse("UTC"),
                    repeats.map(String::strip).filter(it -> !it.isEmpty()),
                    minutesBefore.orElse(0));
        }
    }

    /** @param minutes from now; absent when {@code until} is given */
    record Snooze(Optional<Integer> minutes, Optional<Instant> until) {}

    /**
     * @param next when it rings next; absent when it does not
     * @param rang when it rang, until that is answered
     */
    record Shown(
            String id,
            String note,
            String title,
            Optional<String> at,
            String zone,
            Optional<String> repeats,
            Optional<Integer> minutesBefore,
            Optional<Instant> next,
            Optional<Instant> rang) {}

    record All(List<Shown> items) {}

    record Feed(boolean open) {}

    record OpenFeed(String url) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response mine(Request request) {
        return Response.ok(all(request));
    }

    Response follow(Request request) {
        return Response.events(sink -> Following.changes(
                book.notes().announcements(),
                ReminderList.TOPIC,
                sink,
                any -> true,
                () -> sink.send("", "reminders", Json.text(all(request)))));
    }

    Response ofNote(Request request) {
        Notes.Found note = book.notes().find(request);
        return Response.ok(
                new All(book.of(request, note).stream().map(RemindersApi::shown).toList()));
    }

    Response set(Request request) {
        Notes.Found note = book.notes().find(request);
        var set = book.set(request, note, request.json(Draft.class).when());
        return Response.created(
                "/api/notes/notes/" + note.id() + "/reminders/" + set.item().id(), shown(set));
    }

    Response snooze(Request request) {
        Snooze wanted = request.json(Snooze.class);
        Instant until = wanted.until()
                .or(() -> wanted.minutes().map(it -> book.now().plus(Duration.ofMinutes(it))))
                .orElseThrow(() -> Reminders.invalid(List.of(
                                new Refusal.Violation("minutes", "minutes.absent", "Say for how many minutes.")))
                        .asException());
        Notes.Found note = book.notes().find(request);
        book.tell(request, note, new Reminders.Command.Snooze(request.parameter("reminder"), until));
        return Response.ok(shown(book.find(request, note)));
    }

    Response done(Request request) {
        book.tell(request, book.notes().find(request), new Reminders.Command.Done(request.parameter("reminder")));
        return Response.noContent();
    }

    Response cancel(Request request) {
        book.tell(request, book.notes().find(request), new Reminders.Command.Cancel(request.parameter("reminder")));
        return Response.noContent();
    }

    Response feed(Request request) {
        return Response.ok(new Feed(feeds.isOpen(request)));
    }

    Response open(Request request) {
        return Response.ok(new OpenFeed(feeds.open(request)));
    }

    Response close(Request request) {
        feeds.close(request);
        return Response.noContent();
    }

    Response calendar(Request request) {
        String calendar = feeds.calendar(request.parameter("secret"))
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.ABSENT, "calendar-feed.absent", "There is no calendar at this address.")
                        .asException());
        return Response.of(200)
                .body(Calendar.MEDIA_TYPE, CalendarFeeds.bytes(calendar))
                .header("ETag", CalendarFeeds.tag(calendar))
                .header("Cache-Control", "private, no-cache")
                .header("Referrer-Policy", "no-referrer");
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private All all(Request request) {
        return new All(book.all(request).stream().map(RemindersApi::shown).toList());
    }

    private static Shown shown(ReminderBook.Shown it) {
        ReminderList.Item item = it.item();
        return new Shown(
                item.id(),
                item.note(),
                it.title(),
                item.when().at(),
                item.when().zone(),
                item.when().repeats(),
                item.when().at().isPresent()
                        ? Optional.empty()
                        : Optional.of(item.when().minutesBefore()),
                item.next(),
                item.rang());
    }
}
