package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.INVALID;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Subject;
import leat.kernel.Wire;

/**
 * A file from which somebody takes notes: uploaded in parts, looked through without keeping anything, and then taken in. It
 * is one person's own, and goes on where it was after any crash.
 */
sealed interface Import {
    /** The task that reads the file. */
    String READ = "notes.import";

    int MAX_NAME = 255;

    /** Parts of a file. */
    int MAX_PARTS = 128;

    /** Bytes of one part. */
    int MAX_PART_BYTES = 32 << 20;

    /** What was left out, and is named; the rest is counted. */
    int MAX_NAMED = 100;

    /** Imports of one person in one organization whose files are kept and not taken yet. */
    int MAX_OPEN = 5;

    /** Characters of what is said of one thing that was left out. */
    int MAX_SAID = 300;

    /** Nothing has this id yet. */
    record Absent() implements Import {}

    /**
     * @param stage how far it is
     * @param runs how often the file has been read, or begun to be
     * @param dryRun whether the last run keeps nothing
     * @param expected notes that are in the file, as the last dry run has found; 0 where none has
     * @param counts of the last run, so far
     */
    record Begun(
            Owner owner,
            String name,
            List<Part> parts,
            Stage stage,
            int runs,
            boolean dryRun,
            int expected,
            Counts counts,
            Report report)
            implements Import {
        public Begun {
            parts = List.copyOf(parts);
        }

        private Begun added(Part part) {
            var more = new ArrayList<>(parts);
            more.add(part);
            return new Begun(owner, name, more, stage, runs, dryRun, expected, counts, report);
        }

        private Begun started(boolean dry) {
            return new Begun(owner, name, parts, Stage.RUNNING, runs + 1, dry, expected, Counts.NONE, Report.NONE);
        }

        private Begun now(Stage next, Counts sofar, Report told) {
            int found = next == Stage.DONE && dryRun ? sofar.notes() + sofar.known() : expected;
            return new Begun(owner, name, parts, next, runs, dryRun, found, sofar, told);
        }

        long size() {
            return parts.stream().mapToLong(Part::size).sum();
        }

        /** Whether its file is of no more use. */
        boolean isOver() {
            return switch (stage) {
                case UPLOADING, RUNNING -> false;
                case DONE -> !dryRun;
                case FAILED, CANCELLED -> true;
            };
        }
    }

    /** How far an import is. */
    enum Stage {
        /** Parts are still coming. */
        UPLOADING,
        RUNNING,
        DONE,
        /** The file as a whole cannot be read. */
        FAILED,
        /** Its owner has ended it; what was taken stays. */
        CANCELLED
    }

    /** @param person as {@link Visibility#person} names people */
    record Owner(String organization, String person) {}

    /** @param blob as {@link FileStore} stores it; it is kept for {@link Attachment#KEPT} */
    record Part(String blob, long size) {}

    /**
     * @param notes that are taken, or would be
     * @param notebooks that are made for them
     * @param tags that they have, each once
     * @param files that are attached to them
     * @param known notes that were taken from such a file before
     * @param leftOut notes, files and parts of them that are not taken
     */
    record Counts(int notes, int notebooks, int tags, int files, int known, int leftOut) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        /** A run that has begun again catches up first. */
        boolean isFurtherThan(Counts other) {
            return looked() > other.looked();
        }

        private int looked() {
            return notes + files + known + leftOut;
        }
    }

    /** @param why a sentence */
    record LeftOut(String name, String why) {}

    /**
     * What a run came to.
     *
     * @param failure why the file as a whole could not be read
     * @param leftOut the first of what was left out
     */
    record Report(Optional<String> failure, List<LeftOut> leftOut) {
        static final Report NONE = new Report(Optional.empty(), List.of());

        public Report {
            leftOut = List.copyOf(leftOut);
        }
    }

    sealed interface Command {
        record Begin(String organization, String name) implements Command {}

        /** @param number from 0 */
        record Add(int number, Part part) implements Command {}

        /** @param id of this import, for the task that reads it */
        record Run(String id, boolean dryRun) implements Command {}

        record Advance(Counts counts) implements Command {}

        record Finish(Counts counts, List<LeftOut> leftOut) implements Command {
            public Finish {
                leftOut = List.copyOf(leftOut);
            }
        }

        record Fail(Counts counts, String why) implements Command {}

        /** Ends it wherever it is. */
        record Cancel() implements Command {}
    }

    sealed interface Event {
        record WasBegun(
                String organization,
                String person,
                @Personal String name) implements Event {}

        record PartAdded(Part part) implements Event {}

        record Started(boolean dryRun) implements Event {}

        record Advanced(Counts counts) implements Event {}

        record Finished(Counts counts, @Personal List<LeftOut> leftOut) implements Event {
            public Finished {
                leftOut = List.copyOf(leftOut);
            }
        }

        record Failed(Counts counts, @Personal String why) implements Event {}

        record Cancelled() implements Event {}
    }

    /**
     * What {@link #READ} works on.
     *
     * @param run its number, from 1
     */
    record Work(String id, int run) {}

    Decider<Command, Event, Import> DECIDER = Decider.of(new Absent(), Import::decide, Import::evolve);

    EntityType<Command, Event, Import> TYPE = EntityType.of(
                    "import",
                    DECIDER,
                    Wire.of("import.begun", Event.WasBegun.class).about(Subject.sender()),
                    Wire.of("import.part-added", Event.PartAdded.class),
                    Wire.of("import.started", Event.Started.class),
                    Wire.of("import.advanced", Event.Advanced.class),
                    Wire.of("import.finished", Event.Finished.class).about(Subject.sender()),
                    Wire.of("import.failed", Event.Failed.class).about(Subject.sender()),
                    Wire.of("import.cancelled", Event.Cancelled.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Import it, Envelope envelope) {
        return switch (it) {
            case Absent _ ->
                command instanceof Command.Begin begin ? begin(begin, envelope) : Decision.refuse(absent());
            case Begun begun -> decideBegun(command, begun, envelope);
        };
    }

    private static Decision<Event> begin(Command.Begin begin, Envelope envelope) {
        String name = begin.name();
        if (name.isBlank()
                || name.codePointCount(0, name.length()) > MAX_NAME
                || name.codePoints().anyMatch(it -> Character.isISOControl(it) || Content.isHalf(it))) {
            return Decision.refuse(
                    INVALID, "import.name", "Name the file, with at most " + MAX_NAME + " characters in one line.");
        }
        return Decision.accept(new Event.WasBegun(begin.organization(), Visibility.person(envelope.by()), name));
    }

    private static Decision<Event> decideBegun(Command command, Begun it, Envelope envelope) {
        if (!it.owner().person().equals(Visibility.person(envelope.by()))) {
            return Decision.refuse(absent());
        }
        boolean running = it.stage() == Stage.RUNNING;
        return switch (command) {
            case Command.Begin _ -> Decision.refuse(CONFLICT, "import.begun", "This import exists already.");
            case Command.Add(int number, Part part) -> add(it, number, part);
            case Command.Run(String id, boolean dryRun) -> run(it, id, dryRun, envelope);
            case Command.Advance(Counts counts) ->
                running && counts.isFurtherThan(it.counts())
                        ? Decision.accept(new Event.Advanced(counts))
                        : Decision.alreadySo();
            case Command.Finish(Counts counts, List<LeftOut> leftOut) ->
                running ? Decision.accept(new Event.Finished(counts, leftOut)) : Decision.alreadySo();
            case Command.Fail(Counts counts, String why) ->
                running ? Decision.accept(new Event.Failed(counts, why)) : Decision.alreadySo();
            case Command.Cancel _ -> it.isOver() ? Decision.alreadySo() : Decision.accept(new Event.Cancelled());
        };
    }

    private static Decision<Event> add(Begun it, int number, Part part) {
        if (number < it.parts().size()) {
            return it.parts().get(number).equals(part)
                    ? Decision.alreadySo()
                    : Decision.refuse(CONFLICT, "import.part-there", "There is another part of this number already.");
        }
        if (it.stage() != Stage.UPLOADING) {
            return Decision.refuse(CONFLICT, "import.started", "This import has started; begin another one.");
        }
        if (number != it.parts().size() || number >= MAX_PARTS) {
            return Decision.refuse(
                    CONFLICT,
                    "import.part-order",
                    "Send the parts in their order, from 0, and at most " + MAX_PARTS + " of them.");
        }
        return Decision.accept(new Event.PartAdded(part));
    }

    private static Decision<Event> run(Begun it, String id, boolean dryRun, Envelope envelope) {
        if (it.parts().isEmpty()) {
            return Decision.refuse(CONFLICT, "import.empty", "Send the file first.");
        }
        if (it.isOver()) {
            return Decision.refuse(CONFLICT, "import.over", "This import is over; begin another one.");
        }
        if (it.stage() == Stage.RUNNING) {
            return it.dryRun() == dryRun
                    ? Decision.alreadySo()
                    : Decision.refuse(CONFLICT, "import.running", "The file is being read; wait until that is done.");
        }
        return Decision.<Event>accept(new Event.Started(dryRun))
                .task(READ, id, new Work(id, it.runs() + 1), envelope.at());
    }

    static Import evolve(Import it, Event event) {
        return switch (event) {
            case Event.WasBegun(String organization, String person, String name) ->
                new Begun(
                        new Owner(organization, person),
                        name,
                        List.of(),
                        Stage.UPLOADING,
                        0,
                        true,
                        0,
                        Counts.NONE,
                        Report.NONE);
            case Event.PartAdded(Part part) -> begun(it).added(part);
            case Event.Started(boolean dryRun) -> begun(it).started(dryRun);
            case Event.Advanced(Counts counts) -> begun(it).now(Stage.RUNNING, counts, Report.NONE);
            case Event.Finished(Counts counts, List<LeftOut> leftOut) ->
                begun(it).now(Stage.DONE, counts, new Report(Optional.empty(), leftOut));
            case Event.Failed(Counts counts, String why) ->
                begun(it).now(Stage.FAILED, counts, new Report(Optional.of(why), List.of()));
            case Event.Cancelled _ ->
                begun(it)
                        .now(
                                Stage.CANCELLED,
                                begun(it).dryRun() ? Counts.NONE : begun(it).counts(),
                                Report.NONE);
        };
    }

    private static Begun begun(Import it) {
        if (it instanceof Begun begun) {
            return begun;
        }
        throw new IllegalStateException("this event happens only to an import that was begun");
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "import.absent", "There is no such import, or it is not yours.");
    }
}
