package leat.notes;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import leat.accounts.api.FindPerson;
import leat.kernel.Asks;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Process;
import leat.kernel.Process.Nothing;
import leat.kernel.Reaction;
import leat.kernel.Recorded;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.kernel.Tasks;
import leat.kernel.UnservedException;
import leat.web.outgoing.Letter;
import leat.web.outgoing.MailReady;

/**
 * What makes reminders ring, lets them follow their note, and sends the mail.
 *
 * <p>Whoever sees the note no more when it would ring is not reminded: the reminder goes. That is looked at when it rings
 * and not before, for rights change in many places.
 */
final class Reminding {
    private static final String FOLLOW = "notes.follow-reminders";
    private static final String MAIL = "notes.remind-by-mail";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm (VV)", Locale.ENGLISH);

    private final Notes notes;
    private final Entities<Reminders.Command, Reminders.Event, Reminders> reminders;
    private final Asks asks;
    private final Tasks tasks;
    private final Clock clock;
    private final Supplier<String> baseUrl;

    private Reminding(
            Definition m,
            Notes notes,
            Entities<Reminders.Command, Reminders.Event, Reminders> reminders,
            Supplier<String> baseUrl) {
        this.notes = notes;
        this.reminders = reminders;
        this.asks = m.asks();
        this.tasks = m.tasks();
        this.clock = m.clock();
        this.baseUrl = baseUrl;
    }

    /** @param note whose reminders follow it */
    private record Followed(String note) {}

    /** @param at when it was to ring */
    private record Rung(String note, String reminder, Instant at) {}

    /** @param baseUrl how people reach this Leat; empty while that is not known */
    static void mount(
            Definition m,
            Notes notes,
            Entities<Reminders.Command, Reminders.Event, Reminders> reminders,
            Supplier<String> baseUrl) {
        var it = new Reminding(m, notes, reminders, baseUrl);
        m.process(Process.named("notes.reminding")
                .on(Note.Event.Revised.class, it::changed)
                .on(Note.Event.Restored.class, it::changed)
                .on(Note.Event.Trashed.class, it::changed)
                .on(Note.Event.Recovered.class, it::changed)
                .on(Note.Event.Expired.class, it::changed)
                .on(Reminders.Event.WasSet.class, set -> follow(set.id(), set.at()))
                .on(Reminders.Event.Rang.class, Reminding::mail));
        m.task(Reminders.RING, TaskPolicy.DEFAULT, it::ring);
        m.task(FOLLOW, TaskPolicy.DEFAULT, it::follow);
        m.task(MAIL, TaskPolicy.DEFAULT, it::mail);
    }

    // --- what follows from events --------------------------------------------------------------------------------

    /**
     * A look at the reminders spares most notes a task. One that is set while its note changes may be missed here, and follows
     * because it was set.
     */
    private Reaction<Nothing> changed(Recorded<?> it) {
        boolean first = it.event() instanceof Note.Event.Revised(int number, Content _) && number == 1;
        return first || reminders.get(it.id()).state().all().isEmpty() ? Reaction.none() : follow(it.id(), it.at());
    }

    private static Reaction<Nothing> follow(String note, Instant at) {
        return Reaction.<Nothing>none().task(FOLLOW, note, new Followed(note), at);
    }

    private static Reaction<Nothing> mail(Recorded<Reminders.Event.Rang> it) {
        var rung = new Rung(it.id(), it.event().reminder(), it.event().at());
        return Reaction.<Nothing>none().task(MAIL, it.id() + "/" + it.event().reminder(), rung, it.at());
    }

    // --- tasks ---------------------------------------------------------------------------------------------------

    private void follow(TaskRun task) {
        String note = task.payload(Followed.class).note();
        Reminders.Command command = switch (notes.entities().get(note).state()) {
            case Note.Kept kept ->
                new Reminders.Command.Follow(true, kept.content().due());
            case Note.InTrash _ -> new Reminders.Command.Follow(false, Optional.empty());
            case Note.Absent _, Note.Removed _ -> new Reminders.Command.Forget();
        };
        reminders.tell(note, command, now(task.envelope(task.attempt())));
    }

    private void ring(TaskRun task) {
        Reminders.Ringing it = task.payload(Reminders.Ringing.class);
        Reminders.Reminder reminder = reminders.get(it.note()).state().all().get(it.reminder());
        if (reminder == null || !reminder.next().equals(Optional.of(it.at()))) {
            return;
        }
        Reminders.Command command = switch (notes.entities().get(it.note()).state()) {
            case Note.Kept kept ->
                notes.sees(reminder.person(), kept)
                        ? new Reminders.Command.Ring(it.reminder(), it.at())
                        : new Reminders.Command.Cancel(it.reminder());
            case Note.InTrash _ -> new Reminders.Command.Follow(false, Optional.empty());
            case Note.Absent _, Note.Removed _ -> new Reminders.Command.Cancel(it.reminder());
        };
        reminders.tell(it.note(), command, now(task.envelope(task.attempt())));
    }

    private void mail(TaskRun task) {
        Rung it = task.payload(Rung.class);
        Reminders.Reminder reminder = reminders.get(it.note()).state().all().get(it.reminder());
        if (reminder == null
                || !(notes.entities().get(it.note()).state() instanceof Note.Kept note)
                || !notes.sees(reminder.person(), note)
                || !MailReady.in(asks)) {
            return;
        }
        address(NoteJson.userId(reminder.person()))
                .ifPresent(to -> tasks.schedule(
                        Letter.SEND, to, letter(to, it, reminder, note), clock.instant(), task.envelope(0)));
    }

    private Optional<String> address(String userId) {
        try {
            return asks.ask(new FindPerson(userId)).person().flatMap(FindPerson.Person::email);
        } catch (UnservedException _) {
            return Optional.empty();
        }
    }

    private Letter letter(String to, Rung it, Reminders.Reminder reminder, Note.Kept note) {
        ZoneId zone = ZoneId.of(reminder.when().zone());
        String due = note.content()
                .due()
                .map(at -> "It is due " + TIME.format(at.atZone(zone)) + ".")
                .orElse("You asked to be reminded " + TIME.format(it.at().atZone(zone)) + ".");
        String base = baseUrl.get();
        return new Letter(
                to,
                "Reminder: " + note.content().title(),
                List.of(note.content().title(), due),
                base.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Letter.Link("Open the note", base + "/notes/" + it.note())));
    }

    /** A task's envelope bears the time at which it was asked for; deciders need that of today. */
    private Envelope now(Envelope envelope) {
        return new Envelope(envelope.commandId(), envelope.correlationId(), envelope.by(), clock.instant());
    }
}
