package leat.notes;

import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.RefusedException;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import leat.notes.Note.Command;
import leat.notes.Note.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class NotesModuleTest {
    private final Ids ids = new Ids(Clock.systemUTC(), 7);
    private final CompletableFuture<Notes> mounted = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Node node;

    @BeforeEach
    void start() {
        node = Node.start(NodeSettings.defaults(), new MemoryEngine(), List.of(new Module() {
            @Override
            public String name() {
                return "notes";
            }

            @Override
            public void define(Definition m) {
                mounted.complete(new NotesModule().mount(m));
            }
        }));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Entities<Command, Event, Note> notes() {
        return mounted.join().entities();
    }

    private void tell(String id, Command command, Instant at) {
        notes().tell(id, command, new Envelope(ids.nextCommand(), "request-1", "user:tester", at));
    }

    @Test
    void of_two_notes_with_one_title_on_one_day_the_second_is_refused_and_nothing_happens_to_it() {
        Instant now = Instant.now();
        tell("n1", new Command.Create("org1", titled("Roof")), now);
        assertThatThrownBy(() -> tell("n2", new Command.Create("org1", titled("Roof")), now))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        it -> assertThat(it.refusal().code()).isEqualTo("note.slug-taken"));
        assertThat(notes().get("n2").version()).isZero();
        tell("n3", new Command.Create("org2", titled("Roof")), now);
        tell("n4", new Command.Create("org1", titled("roof")), now);
    }

    @Test
    void the_longest_title_of_any_characters_makes_a_note() {
        tell("n1", new Command.Create("00000000ACME0", titled("😀".repeat(255))), Instant.now());
        tell("n2", new Command.Create("00000000ACME0", titled("𝔄".repeat(255))), Instant.now());
    }

    @Test
    void the_trash_empties_itself_and_gives_the_slug_back() throws InterruptedException {
        Instant past = Instant.now().minus(Note.RETENTION).minusSeconds(1);
        tell("n1", new Command.Create("org1", titled("Roof")), past);
        tell("n1", new Command.Trash("n1"), past);
        while (!(notes().get("n1").state() instanceof Note.Removed)) {
            Thread.sleep(5);
        }
        assertThat(notes().history("n1", 0, 10).getLast().at()).isAfter(past.plus(Note.RETENTION));
        tell("n2", new Command.Create("org1", titled("Roof")), past);
    }
}
