package leat.notes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import leat.accounts.api.FindPerson;
import leat.accounts.api.Organization;
import leat.accounts.api.OrganizationsOf;
import leat.kernel.Asks;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Reader;
import leat.web.Request;

/** What calendar feeds hold, and who may open them. */
record CalendarFeeds(
        Notes notes,
        Reader reminders,
        Entities<CalendarFeed.Command, CalendarFeed.Event, CalendarFeed> feeds,
        Asks asks,
        Supplier<String> baseUrl) {
    /** Of one organization, of reminders as well. */
    static final int MAX = 1_000;

    /** How far back a feed reaches. */
    static final Duration PAST = Duration.ofDays(90);

    static final String PATH = "/notes/calendar-feeds/";

    boolean isOpen(Request request) {
        return feeds.get(request.person().userId()).state().hash().isPresent();
    }

    /** Makes a new address, and the one before useless. */
    String open(Request request) {
        String secret = CalendarFeed.newSecret();
        tell(request, new CalendarFeed.Command.Open(Sha256.hex(secret)));
        return baseUrl.get() + PATH + request.person().userId() + "." + secret + ".ics";
    }

    void close(Request request) {
        tell(request, new CalendarFeed.Command.Close());
    }

    private void tell(Request request, CalendarFeed.Command command) {
        Envelope envelope = notes.sender().envelope(request);
        feeds.tell(request.person().userId(), command, envelope);
    }

    /** The calendar behind an address; empty when nothing opens with it. */
    Optional<String> calendar(String name) {
        int dot = name.indexOf('.');
        if (dot < 1 || !name.endsWith(".ics") || name.length() > 200) {
            return Optional.empty();
        }
        String userId = name.substring(0, dot);
        String secret = name.substring(dot + 1, Math.max(dot + 1, name.length() - ".ics".length()));
        return feeds.get(userId).state().opensWith(secret) && isActive(userId)
                ? Optional.of(Calendar.text("Leat notes", entries(userId)))
                : Optional.empty();
    }

    private boolean isActive(String userId) {
        return asks.ask(new FindPerson(userId)).person().isPresent();
    }

    private List<Calendar.Entry> entries(String userId) {
        var entries = new ArrayList<Calendar.Entry>();
        Instant from = notes.sender().clock().instant().minus(PAST);
        String person = "user:" + userId;
        List<Organization> mine = asks.ask(new OrganizationsOf(userId)).memberships().stream()
                .map(OrganizationsOf.Membership::organization)
                .toList();
        for (Organization organization : mine) {
            notes.list()
                    .read(sql -> NoteList.between(sql, organization.id(), person, from, MAX))
                    .forEach(it -> add(entries, it, from));
        }
        reminders
                .read(sql -> ReminderList.of(sql, person))
                .forEach(it -> note(it, person)
                        .ifPresent(note -> it.next()
                                .ifPresent(next -> entries.add(new Calendar.Entry(
                                        it.id() + "@reminder.leat",
                                        "Reminder: " + note.content().title(),
                                        next,
                                        Optional.empty(),
                                        next,
                                        url(it.note()))))));
        return entries;
    }

    private void add(List<Calendar.Entry> entries, NoteList.Item it, Instant from) {
        it.due()
                .filter(from::isBefore)
                .ifPresent(due -> entries.add(new Calendar.Entry(
                        it.id() + "@due.leat",
                        (it.status() == Content.Status.COMPLETED ? "Done: " : "Due: ") + it.title(),
                        due,
                        Optional.empty(),
                        it.changedAt(),
                        url(it.id()))));
        it.start()
                .filter(start -> from.isBefore(it.end().orElse(start)))
                .ifPresent(start -> entries.add(new Calendar.Entry(
                        it.id() + "@note.leat", it.title(), start, it.end(), it.changedAt(), url(it.id()))));
    }

    private String url(String note) {
        String base = baseUrl.get();
        return base.isEmpty() ? "" : base + "/notes/" + note;
    }

    /** The note of a reminder, when its person still sees it. */
    private Optional<Note.Kept> note(ReminderList.Item item, String person) {
        return notes.entities().get(item.note()).state() instanceof Note.Kept kept && notes.sees(person, kept)
                ? Optional.of(kept)
                : Optional.empty();
    }

    /** What tells one calendar from another. */
    static String tag(String calendar) {
        return "\"" + Sha256.hex(calendar).substring(0, 32) + "\"";
    }

    static byte[] bytes(String calendar) {
        return calendar.getBytes(StandardCharsets.UTF_8);
    }
}
