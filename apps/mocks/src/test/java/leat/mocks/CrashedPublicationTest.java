package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import leat.kernel.Definition;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.port.StoredTask;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.CrashPoints;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that dies anywhere on the way to live: the next one finishes, and everything has happened once. */
final class CrashedPublicationTest {
    private static final String BROKEN = "- endpoint:\n    pth: /x\n";
    private final Ids ids = new Ids(Clock.systemUTC(), 9);

    private static Node start(Engine engine, AtomicReference<Mocks> mounted) {
        var settings = NodeSettings.defaults()
                .with(new NodeSettings.Times(
                        Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofDays(1), Duration.ofSeconds(10)));
        return Node.start(settings, engine, List.of(new Town(), new Module() {
            @Override
            public String name() {
                return "mocks";
            }

            @Override
            public void define(Definition m) {
                mounted.set(new MocksModule("localhost").mount(m));
            }
        }));
    }

    private Envelope envelope() {
        return new Envelope(ids.nextCommand(), "request-1", "user:tester", Instant.now());
    }

    @ParameterizedTest(name = "{0}, compiled by the task, dying {2} commit {1}")
    @CsvSource({
        "good, 1, BEFORE", "good, 1, AFTER", "good, 2, BEFORE", "good, 2, AFTER", "good, 3, BEFORE", "good, 3, AFTER",
        "good, 4, BEFORE", "good, 4, AFTER", "good, 5, BEFORE", "good, 5, AFTER", "bad, 2, AFTER", "bad, 3, BEFORE",
        "bad, 3, AFTER", "bad, 4, AFTER"
    })
    void what_the_task_began_ends_published_or_invalid_exactly_once(String text, int commit, String when) {
        dies(
                text,
                commit,
                when,
                Duration.ZERO,
                (mocks, id, wish, envelope) -> mocks.entities().tell(id, wish, envelope));
    }

    @ParameterizedTest(name = "{0}, compiled by the asker, dying {2} commit {1}")
    @CsvSource({
        "good, 1, BEFORE", "good, 1, AFTER", "good, 2, BEFORE", "good, 2, AFTER", "good, 3, BEFORE", "good, 3, AFTER",
        "good, 4, AFTER", "good, 5, BEFORE", "good, 5, AFTER", "bad, 1, AFTER", "bad, 2, BEFORE", "bad, 2, AFTER",
        "bad, 3, AFTER", "bad, 4, AFTER"
    })
    void what_the_asker_began_ends_published_or_invalid_exactly_once(String text, int commit, String when) {
        dies(
                text,
                commit,
                when,
                Duration.ofMillis(200),
                (mocks, id, wish, envelope) -> mocks.publish(id, wish.revision().source(), wish, envelope));
    }

    private interface Asking {
        void ask(Mocks mocks, String id, Mock.Command.RequestPublication wish, Envelope envelope);
    }

    private void dies(String text, int commit, String when, Duration headStart, Asking asking) {
        try (var engine = new MemoryEngine()) {
            var mounted = new AtomicReference<Mocks>();
            String id = ids.next();
            Mock.Revision revision;
            try (Node _ = start(engine, mounted)) {
                Mocks mocks = mounted.get();
                byte[] source = (text.equals("good") ? Running.HELLO : BROKEN).getBytes(StandardCharsets.UTF_8);
                revision = new Mock.Revision(1, mocks.sources().store(source));
                mocks.entities()
                        .tell(
                                id,
                                new Mock.Command.Create(Town.ACME.id(), Town.ACME.name(), "hello", revision.source()),
                                envelope());
            }

            var seen = new AtomicLong();
            var first = new AtomicLong(Long.MAX_VALUE);
            CrashPoints points = number -> {
                long since = number - first.get() + 1;
                seen.set(number);
                return since == commit
                        ? CrashPoints.What.valueOf("DIE_" + when)
                        : since > commit && first.get() != Long.MAX_VALUE
                                ? CrashPoints.What.DIE_BEFORE
                                : CrashPoints.What.NOTHING;
            };
            var request = new Mock.Command.RequestPublication(id, revision, false, headStart);
            Envelope once = envelope();
            Node dying = start(engine.crashing(points), mounted);
            first.set(seen.get() + 1);
            Thread teller = Thread.startVirtualThread(() -> {
                try {
                    asking.ask(mounted.get(), id, request, once);
                } catch (RuntimeException | Error died) {
                    // The caller of a dead process learns nothing, and asks again below.
                }
            });
            Running.await(() -> seen.get() >= first.get() + commit - 1);
            teller.interrupt();
            dying.close();

            try (Node next = start(engine, mounted)) {
                Mocks mocks = mounted.get();
                asking.ask(mocks, id, request, once);
                Running.await(() -> !(((Mock.Kept) mocks.entities().get(id).state()).publication()
                        instanceof Mock.Publication.Publishing));

                List<String> events = mocks.entities().history(id, 2, 100).stream()
                        .map(it -> it.event().getClass().getSimpleName())
                        .toList();
                if (text.equals("good")) {
                    assertThat(events).containsExactly("PublicationRequested", "Compiled", "Published");
                    assertThat(mocks.serving().answers(id, 1)).isTrue();
                } else {
                    assertThat(events).containsExactly("PublicationRequested", "Rejected");
                    assertThat(mocks.serving().answers(id, 1)).isFalse();
                }
                assertThat(next.tasks(StoredTask.State.PARKED, 10)).isEmpty();
                assertThat(Optional.of(mocks.serving().size())).contains(text.equals("good") ? 1 : 0);
            }
        }
    }
}
