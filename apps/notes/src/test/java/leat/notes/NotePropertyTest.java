package leat.notes;

import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import leat.kernel.Decision;
import leat.kernel.Envelope;
import leat.kernel.Wires;
import leat.kernel.test.Seed;
import leat.kernel.test.TestClock;
import leat.notes.Note.Command;
import leat.notes.Note.Event;
import org.junit.jupiter.api.Test;

final class NotePropertyTest {
    private static final List<String> TEXTS = List.of(
            "", " ", "Roof", "roof", "<script>", "a\0b", "\ud83d", "😀", "e\u0301", "ä".repeat(255), "😀".repeat(256));

    @Test
    void what_was_accepted_applies_is_stored_and_is_read_again_from_any_snapshot() throws Exception {
        Seed.replayable(200, random -> {
            List<Event> events = new ArrayList<>();
            List<Note> states = new ArrayList<>(List.of(Note.DECIDER.initial()));
            Instant now = TestClock.START;
            for (int i = 0; i < 60; i++) {
                now = now.plus(Duration.ofHours(random.nextInt(24 * 12)));
                var envelope = new Envelope(new UUID(0, i), "test", "user:tester", now);
                if (Note.DECIDER.decide(command(random, now), states.getLast(), envelope)
                        instanceof Decision.Accepted<Event> accepted) {
                    for (Event event : accepted.events()) {
                        events.add(stored(Note.TYPE.events(), event));
                        states.add(Note.DECIDER.evolve(states.getLast(), event));
                    }
                }
            }
            int cut = random.nextInt(states.size());
            Note resumed = stored(Note.TYPE.snapshots().states(), states.get(cut));
            for (Event event : events.subList(cut, events.size())) {
                resumed = Note.DECIDER.evolve(resumed, event);
            }
            assertThat(resumed).isEqualTo(states.getLast());
        });
    }

    private static <T> T stored(Wires<T> wires, T value) {
        var wire = wires.of(value);
        T read = wires.decode(wire.name(), wire.schema(), wire.encode(value));
        assertThat(read).isEqualTo(value);
        return read;
    }

    private static Command command(Random random, Instant now) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Command.Create("org1", content(random, now));
            case 2, 3, 4 -> new Command.Revise(content(random, now));
            case 5 -> new Command.Restore(random.nextInt(5), titled("Roof"));
            case 6 -> random.nextBoolean() ? new Command.Pin() : new Command.Unpin();
            case 7 -> random.nextBoolean() ? new Command.Archive() : new Command.Unarchive();
            case 8 -> new Command.Trash("n1");
            case 9, 10 -> new Command.Recover();
            default -> new Command.Expire(now);
        };
    }

    private static Content content(Random random, Instant now) {
        Content content = Written.body(titled(text(random)), text(random));
        if (random.nextBoolean()) {
            content = Written.due(content, now.plusSeconds(random.nextInt(1_000) - 300));
        }
        if (random.nextBoolean()) {
            content = Written.from(content, now);
        }
        if (random.nextInt(3) == 0) {
            content = Written.until(content, now.plusSeconds(random.nextInt(1_000)));
        }
        return random.nextBoolean() ? Written.tags(content, List.of("house/roof")) : content;
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
