package leat.kernel.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Module;
import leat.kernel.Personal;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.kernel.Subject;
import leat.kernel.View;
import leat.kernel.Wire;

/** A module about people, for testing what becomes of them: anybody writes into a diary, and its owner may burn it. */
public sealed interface Diary {
    record Blank() implements Diary {}

    /** @param lines what is known of them; one of somebody who was forgotten is empty */
    record Begun(String owner, List<Line> lines) implements Diary {}

    record Burnt() implements Diary {}

    record Line(
            @Personal String text,
            @Personal Optional<String> mood,
            @Personal List<String> words,
            int length) {}

    sealed interface Command {
        record Begin(String owner) implements Command {}

        record Write(String text) implements Command {}

        /** Forgets the owner. */
        record Burn() implements Command {}
    }

    sealed interface Event {
        record Opened(String owner) implements Event {}

        record Wrote(int number, Line line) implements Event {}

        record WasBurnt() implements Event {}
    }

    EntityType<Command, Event, Diary> TYPE = EntityType.of(
                    "diary",
                    Decider.of(new Blank(), Diary::decide, Diary::evolve),
                    Wire.of("diary.opened", Event.Opened.class),
                    Wire.of("diary.wrote", Event.Wrote.class).about(Subject.sender()),
                    Wire.of("diary.burnt", Event.WasBurnt.class))
            .commands(Command.class)
            .snapshots("1", 10, Wire.of("diary.begun", Begun.class));

    static Decision<Event> decide(Command command, Diary diary, Envelope envelope) {
        return switch (command) {
            case Command.Begin(String owner) ->
                Decision.<Event>accept(new Event.Opened(owner))
                        .claim(
                                "diary.owner",
                                owner,
                                Refusal.of(Refusal.Kind.CONFLICT, "diary.begun", "Begun already."));
            case Command.Write(String text) ->
                diary instanceof Begun begun
                        ? Decision.accept(new Event.Wrote(
                                begun.lines().size() + 1,
                                new Line(
                                        text, Optional.of("mood of " + text), List.of(text.split(" ")), text.length())))
                        : Decision.refuse(Refusal.Kind.ABSENT, "diary.absent", "There is no such diary.");
            case Command.Burn _ ->
                diary instanceof Begun begun
                        ? Decision.<Event>accept(new Event.WasBurnt()).forget(begun.owner(), envelope.at())
                        : Decision.alreadySo();
        };
    }

    static Diary evolve(Diary diary, Event event) {
        return switch (event) {
            case Event.Opened(String owner) -> new Begun(owner, List.of());
            case Event.Wrote(int _, Line line) -> {
                Begun begun = (Begun) diary;
                var more = new ArrayList<>(begun.lines());
                more.add(line);
                yield new Begun(begun.owner(), List.copyOf(more));
            }
            case Event.WasBurnt _ -> new Burnt();
        };
    }

    /** The module; what it does when somebody is forgotten can be made to fail. */
    final class DiaryModule implements Module {
        private final AtomicInteger failures;

        @SuppressWarnings("NullAway.Init") // set when the module is mounted
        private Entities<Command, Event, Diary> diaries;

        @SuppressWarnings("NullAway.Init") // set when the module is mounted
        private Reader lines;

        public DiaryModule() {
            this(0);
        }

        /** @param failures times that its part in forgetting fails */
        public DiaryModule(int failures) {
            this.failures = new AtomicInteger(failures);
        }

        public Entities<Command, Event, Diary> diaries() {
            return diaries;
        }

        public Reader lines() {
            return lines;
        }

        @Override
        public String name() {
            return "diaries";
        }

        @Override
        public void define(Definition m) {
            diaries = m.entity(TYPE);
            lines = m.view(View.named("diaries.lines", 1)
                    .tables("create table line (diary text not null, number integer not null, text text not null)")
                    .on(
                            Event.Wrote.class,
                            (sql, it) -> sql.execute(
                                    "insert into line values (?, ?, ?)",
                                    it.id(),
                                    it.event().number(),
                                    it.event().line().text())));
            m.forgets((person, task) -> {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("not yet");
                }
            });
        }
    }
}
