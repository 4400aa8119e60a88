package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Wire;

/**
 * Everybody's reminders of one note; the entity's id is the note's, so that both are decided beside each other.
 *
 * <p>A reminder rings once at each of its times: the task that wakes it names the time, and one that does not name the next
 * time is late or outdated and changes nothing.
 *
 * @param note its id; empty until the first reminder is set
 * @param all by id, in the order in which they were set
 */
record Reminders(String note, Map<String, Reminder> all) {
    /** Of one note, by everybody. */
    static final int MAX = 100;

    /** Of one note, by one person. */
    static final int MAX_OF_PERSON = 10;

    /** How long before a note is due, at most: a year. */
    static final int MAX_MINUTES = 366 * 24 * 60;

    /** How far away a reminder may be put off, or be set. */
    static final Duration FARTHEST = Duration.ofDays(3_660);

    /** The task that lets a reminder ring. */
    static final String RING = "notes.remind";

    /**
     * When a reminder rings.
     *
     * @param at local time, as {@code 2026-06-01T09:00}; empty for one that rings before the note is due
     * @param zone in which local time is meant, as {@code Europe/Berlin}
     * @param repeats a {@link Recurrence}; only with {@code at}
     * @param minutesBefore the note is due; only without {@code at}
     */
    record When(Optional<String> at, String zone, Optional<String> repeats, int minutesBefore) {
        LocalDateTime first() {
            return LocalDateTime.parse(at.orElseThrow());
        }

        /** The next time after a moment, as far as it follows from this alone and from when the note is due. */
        Optional<Instant> after(Instant moment, Optional<Instant> due) {
            if (at.isEmpty()) {
                return due.map(it -> it.minus(Duration.ofMinutes(minutesBefore)))
                        .filter(it -> it.isAfter(moment));
            }
            Instant once = first().atZone(ZoneId.of(zone)).toInstant();
            return once.isAfter(moment)
                    ? Optional.of(once)
                    : repeats.flatMap(it -> new Recurrence(it).after(moment, first(), ZoneId.of(zone)));
        }
    }

    /**
     * One person's.
     *
     * @param next when it rings; empty while the note is in the trash, and after the last time
     * @param snoozed whether {@code next} is a time to which it was put off
     * @param rang when it rang, until that is answered
     */
    record Reminder(String person, When when, Optional<Instant> next, boolean snoozed, Optional<Instant> rang) {
        Reminder at(Optional<Instant> other) {
            return new Reminder(person, when, other, false, rang);
        }

        /** Its next time when the note has changed; one at a single time of its own that rang comes no more. */
        Optional<Instant> again(Instant now, Optional<Instant> due) {
            return when.at().isPresent() && next.isPresent() ? next : when.after(now, due);
        }
    }

    Reminders {
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }

    sealed interface Command {
        /** @param due when the note is due */
        record Set(String note, String reminder, When when, Optional<Instant> due) implements Command {}

        /** @param at the time at which it was to ring */
        record Ring(String reminder, Instant at) implements Command {}

        record Snooze(String reminder, Instant until) implements Command {}

        /** Its person has seen it. */
        record Done(String reminder) implements Command {}

        record Cancel(String reminder) implements Command {}

        /**
         * The note has changed.
         *
         * @param kept whether it is there, and not in the trash
         */
        record Follow(boolean kept, Optional<Instant> due) implements Command {}

        /** The note is gone. */
        record Forget() implements Command {}
    }

    sealed interface Event {
        record WasSet(String note, String reminder, String person, When when, Instant next) implements Event {}

        record Rang(String reminder, Instant at, Optional<Instant> next) implements Event {}

        record Snoozed(String reminder, Instant until) implements Event {}

        record WasDone(String reminder) implements Event {}

        record WasCancelled(String reminder) implements Event {}

        record Moved(String reminder, Optional<Instant> next) implements Event {}
    }

    /** What {@link #RING} works on. */
    record Ringing(String note, String reminder, Instant at) {}

    static final EntityType<Command, Event, Reminders> TYPE = EntityType.of(
                    "reminders",
                    Decider.of(new Reminders("", Map.of()), Reminders::decide, Reminders::evolve),
                    Wire.of("reminder.set", Event.WasSet.class),
                    Wire.of("reminder.rang", Event.Rang.class),
                    Wire.of("reminder.snoozed", Event.Snoozed.class),
                    Wire.of("reminder.done", Event.WasDone.class),
                    Wire.of("reminder.cancelled", Event.WasCancelled.class),
                    Wire.of("reminder.moved", Event.Moved.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Reminders reminders, Envelope envelope) {
        return switch (command) {
            case Command.Set set -> set(set, reminders, envelope);
            case Command.Ring(String id, Instant at) -> reminders.ring(id, at, envelope.at());
            case Command.Snooze(String id, Instant until) ->
                reminders.own(id, envelope, it -> reminders.snooze(id, it, until, envelope.at()));
            case Command.Done(String id) ->
                reminders.own(
                        id,
                        envelope,
                        it -> it.rang().isEmpty() ? Decision.alreadySo() : Decision.accept(new Event.WasDone(id)));
            case Command.Cancel(String id) ->
                reminders.own(id, envelope, _ -> Decision.accept(new Event.WasCancelled(id)));
            case Command.Follow(boolean kept, Optional<Instant> due) -> reminders.follow(kept, due, envelope.at());
            case Command.Forget _ ->
                Decision.accept(reminders.all().keySet().stream()
                        .map(Event.WasCancelled::new)
                        .toList());
        };
    }

    private static Decision<Event> set(Command.Set set, Reminders reminders, Envelope envelope) {
        String person = Visibility.person(envelope.by());
        if (reminders.all().containsKey(set.reminder())) {
            return Decision.alreadySo();
        }
        long mine = reminders.all().values().stream()
                .filter(it -> it.person().equals(person))
                .count();
        if (mine >= MAX_OF_PERSON || reminders.all().size() >= MAX) {
            return Decision.refuse(
                    CONFLICT,
                    "reminder.too-many",
                    "A note has at most " + MAX_OF_PERSON + " reminders of one person and " + MAX
                            + " in all; cancel one first.");
        }
        var wrong = violations(set.when(), set.due());
        if (!wrong.isEmpty()) {
            return Decision.refuse(invalid(wrong));
        }
        Optional<Instant> next = set.when().after(envelope.at(), set.due());
        if (next.isEmpty() || next.get().isAfter(envelope.at().plus(FARTHEST))) {
            String field = set.when().at().isPresent() ? "at" : "minutesBefore";
            return Decision.refuse(invalid(List.of(new Violation(
                    field, field + ".range", "Choose a moment in the future, within the next ten years."))));
        }
        return Decision.<Event>accept(new Event.WasSet(set.note(), set.reminder(), person, set.when(), next.get()))
                .task(
                        RING,
                        key(set.note(), set.reminder(), next.get()),
                        new Ringing(set.note(), set.reminder(), next.get()),
                        next.get());
    }

    private static List<Violation> violations(When when, Optional<Instant> due) {
        var wrong = new ArrayList<Violation>();
        when.at().flatMap(Reminders::noTime).ifPresent(wrong::add);
        if (noZone(when.zone())) {
            wrong.add(new Violation("zone", "zone.unknown", "Name a zone such as Europe/Berlin."));
        }
        when.repeats()
                .flatMap(it -> when.at().isEmpty()
                        ? Optional.of("Only a reminder at a time of its own comes again.")
                        : Recurrence.violation(it))
                .ifPresent(it -> wrong.add(new Violation("repeats", "repeats.rule", it)));
        if (when.at().isEmpty() && due.isEmpty()) {
            wrong.add(new Violation("minutesBefore", "due.absent", "The note is not due at any time; give a time."));
        }
        if (when.minutesBefore() < 0 || when.minutesBefore() > MAX_MINUTES) {
            wrong.add(new Violation("minutesBefore", "minutesBefore.range", "Use 0 to " + MAX_MINUTES + " minutes."));
        }
        return List.copyOf(wrong);
    }

    private static Optional<Violation> noTime(String text) {
        try {
            int year = LocalDateTime.parse(text).getYear();
            return year >= 1 && year <= 9_999
                    ? Optional.empty()
                    : Optional.of(new Violation("at", "at.range", "Choose a moment in the years 1 to 9999."));
        } catch (DateTimeParseException _) {
            return Optional.of(new Violation("at", "at.shape", "Write a local time such as 2026-06-01T09:00."));
        }
    }

    private static boolean noZone(String zone) {
        try {
            ZoneId.of(zone);
            return zone.length() > 60;
        } catch (DateTimeException _) {
            return true;
        }
    }

    private Decision<Event> ring(String id, Instant at, Instant now) {
        Reminder it = all.get(id);
        if (it == null || !it.next().equals(Optional.of(at)) || now.isBefore(at)) {
            return Decision.alreadySo();
        }
        // What was missed while nobody was there rings once; hence the next time after now.
        Optional<Instant> next = it.when().at().isPresent() ? it.when().after(now, Optional.empty()) : Optional.empty();
        return waking(Decision.accept(new Event.Rang(id, at, next)), id, next);
    }

    private Decision<Event> snooze(String id, Reminder it, Instant until, Instant now) {
        if (it.rang().isEmpty()) {
            return Decision.refuse(CONFLICT, "reminder.silent", "This reminder does not ring; it cannot be put off.");
        }
        if (!until.isAfter(now) || until.isAfter(now.plus(FARTHEST))) {
            return Decision.refuse(invalid(List.of(new Violation(
                    "until", "until.range", "Choose a moment in the future, within the next ten years."))));
        }
        return waking(Decision.accept(new Event.Snoozed(id, until)), id, Optional.of(until));
    }

    private Decision<Event> follow(boolean kept, Optional<Instant> due, Instant now) {
        var events = new ArrayList<Event>();
        all.forEach((id, it) -> {
            Optional<Instant> next = kept ? it.snoozed() ? it.next() : it.again(now, due) : Optional.empty();
            if (!next.equals(it.next())) {
                events.add(new Event.Moved(id, next));
            }
        });
        Decision.Accepted<Event> accepted = Decision.accept(events);
        for (Event event : events) {
            if (event instanceof Event.Moved(String id, Optional<Instant> next)) {
                accepted = waking(accepted, id, next);
            }
        }
        return accepted;
    }

    private Decision.Accepted<Event> waking(Decision.Accepted<Event> accepted, String id, Optional<Instant> next) {
        return next.isEmpty()
                ? accepted
                : accepted.task(RING, key(note, id, next.get()), new Ringing(note, id, next.get()), next.get());
    }

    /** Times of their own, for tasks of one key wait for each other. */
    private static String key(String note, String reminder, Instant at) {
        return note + "/" + reminder + "/" + at.toEpochMilli();
    }

    /** Another's is as if it were not there; a task that acts for nobody may do what its person may. */
    private Decision<Event> own(String id, Envelope envelope, Function<Reminder, Decision<Event>> decide) {
        return Optional.ofNullable(all.get(id))
                .filter(it -> it.person().equals(Visibility.person(envelope.by()))
                        || envelope.by().startsWith("task:"))
                .map(decide)
                .orElseGet(() -> Decision.refuse(absent()));
    }

    static Reminders evolve(Reminders reminders, Event event) {
        return switch (event) {
            case Event.WasSet(String note, String id, String person, When when, Instant next) -> {
                var more = new LinkedHashMap<>(reminders.all());
                more.put(id, new Reminder(person, when, Optional.of(next), false, Optional.empty()));
                yield new Reminders(note, more);
            }
            case Event.Rang(String id, Instant at, Optional<Instant> next) ->
                reminders.changing(id, it -> new Reminder(it.person(), it.when(), next, false, Optional.of(at)));
            case Event.Snoozed(String id, Instant until) ->
                reminders.changing(
                        id, it -> new Reminder(it.person(), it.when(), Optional.of(until), true, Optional.empty()));
            case Event.WasDone(String id) -> reminders.answering(id);
            case Event.WasCancelled(String id) -> reminders.without(id);
            case Event.Moved(String id, Optional<Instant> next) -> reminders.changing(id, it -> it.at(next));
        };
    }

    /** One that has rung for the last time is forgotten with that. */
    private Reminders answering(String id) {
        boolean over = Optional.ofNullable(all.get(id)).flatMap(Reminder::next).isEmpty();
        return over
                ? without(id)
                : changing(id, it -> new Reminder(it.person(), it.when(), it.next(), it.snoozed(), Optional.empty()));
    }

    private Reminders changing(String id, UnaryOperator<Reminder> change) {
        var other = new LinkedHashMap<>(all);
        other.computeIfPresent(id, (_, it) -> change.apply(it));
        return new Reminders(note, other);
    }

    private Reminders without(String id) {
        var fewer = new LinkedHashMap<>(all);
        fewer.remove(id);
        return new Reminders(note, fewer);
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "reminder.absent", "There is no such reminder, or it is not yours.");
    }

    static Refusal invalid(List<Violation> wrong) {
        return Refusal.invalid("reminder.invalid", wrong.getFirst().message(), wrong);
    }
}
