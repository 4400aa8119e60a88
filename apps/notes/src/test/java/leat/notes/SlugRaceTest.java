package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leat.kernel.Definition;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.RefusedException;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import leat.kernel.test.Seed;
import leat.kernel.test.SharedBus;
import org.junit.jupiter.api.Test;

/** Of many who create notes of one title at once, on different nodes, one gets the slug and the others leave nothing. */
class SlugRaceTest {
    private static final int AT_ONCE = 8;

    /** One of two nodes that share a journal. */
    private record Desktop(Node node, Notes notes, Ids ids) {
        static Desktop on(MemoryEngine memory, SharedBus bus, String name, int number) {
            var mounted = new CompletableFuture<Notes>();
            Node node = Node.start(
                    NodeSettings.defaults().named(name, ""), memory.shared(bus.connect()), List.of(new Module() {
                        @Override
                        public String name() {
                            return "notes";
                        }

                        @Override
                        public void define(Definition m) {
                            mounted.complete(new NotesModule().mount(m));
                        }
                    }));
            return new Desktop(node, mounted.join(), new Ids(Clock.systemUTC(), number));
        }

        /** The code of the refusal, or nothing. */
        Optional<String> create(String id, Content content) {
            try {
                var _ = notes.entities()
                        .tell(
                                id,
                                new Note.Command.Create(Desk.ORGANIZATION, content),
                                new Envelope(ids.nextCommand(), "request-1", Desk.ADA, Instant.now()));
                return Optional.empty();
            } catch (RefusedException e) {
                return Optional.of(e.refusal().code());
            }
        }
    }

    @Test
    void one_gets_the_slug_and_the_others_leave_no_event() throws Exception {
        Seed.replayable(random -> {
            try (var memory = new MemoryEngine();
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var bus = new SharedBus();
                Desktop one = Desktop.on(memory, bus, "one", 1);
                Desktop other = Desktop.on(memory, bus, "other", 2);
                try {
                    var ids = new HashSet<String>();
                    for (int round = 0; round < 10; round++) {
                        Content content = Written.titled("Title " + random.nextInt());
                        var together = new CyclicBarrier(AT_ONCE);
                        List<Future<Optional<String>>> all = new ArrayList<>();
                        List<String> tried = new ArrayList<>();
                        for (int i = 0; i < AT_ONCE; i++) {
                            Desktop at = i % 2 == 0 ? one : other;
                            String id = at.ids().next();
                            assertThat(ids.add(id))
                                    .as("ids are unique across nodes")
                                    .isTrue();
                            tried.add(id);
                            all.add(threads.submit(() -> {
                                together.await();
                                return at.create(id, content);
                            }));
                        }
                        int made = 0;
                        for (int i = 0; i < AT_ONCE; i++) {
                            Optional<String> refused = all.get(i).get();
                            long events = one.notes()
                                    .entities()
                                    .history(tried.get(i), 0, 10)
                                    .size();
                            if (refused.isEmpty()) {
                                made++;
                                assertThat(events).isEqualTo(2);
                            } else {
                                assertThat(refused).hasValue("note.slug-taken");
                                assertThat(events).isZero();
                            }
                        }
                        assertThat(made).isOne();
                    }
                } finally {
                    one.node().close();
                    other.node().close();
                }
            }
        });
    }
}
