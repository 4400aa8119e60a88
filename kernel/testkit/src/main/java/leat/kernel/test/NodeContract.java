package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import leat.kernel.Answer;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.OverloadedException;
import leat.kernel.Position;
import leat.kernel.Recorded;
import leat.kernel.RefusedException;
import leat.kernel.View;
import leat.kernel.port.Engine;
import leat.kernel.port.JournalException;
import leat.kernel.port.StoredTask;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.runtime.NodeStatus;
import leat.kernel.test.Till.Command.PayIn;
import leat.kernel.test.Till.Command.PayOut;
import leat.kernel.test.Till.Command.Rename;
import leat.kernel.test.Till.Command.Start;
import leat.kernel.test.Till.Command.Transfer;
import leat.kernel.test.Till.TillModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What modules may rely on, whatever the engine: the runtime's guarantees, tried on the module {@link Till}. */
public abstract class NodeContract extends EngineContract {
    private final Ids ids = new Ids(java.time.Clock.systemUTC(), 7);

    @SuppressWarnings("NullAway.Init") // set before each test
    private TillModule module;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Node node;

    protected NodeContract() {}

    @BeforeEach
    final void startNode() {
        start(engine, settings(), new TillModule());
    }

    @AfterEach
    final void stopNode() {
        node.close();
    }

    private void start(Engine on, NodeSettings settings, TillModule mounted) {
        module = mounted;
        node = Node.start(settings, on, List.of(mounted));
    }

    private void restart(Engine on, NodeSettings settings, TillModule mounted) {
        node.close();
        start(on, settings, mounted);
    }

    /** Settings of the node under test. */
    protected NodeSettings settings() {
        return NodeSettings.defaults();
    }

    private Envelope envelope() {
        return envelope(ids.nextCommand());
    }

    private static Envelope envelope(UUID commandId) {
        return new Envelope(commandId, "request-1", "user:tester", java.time.Instant.now());
    }

    private Answer<Till> tell(String id, Till.Command command) {
        return module.tills().tell(id, command, envelope());
    }

    private long balance(String id) {
        return module.tills().get(id).state() instanceof Till.Open open ? open.balance() : -1;
    }

    private long shown(String id) {
        return module.balances().read(sql -> sql.number("select amount from balance where id = ?", id));
    }

    // --- commands ------------------------------------------------------------------------------------------------

    @Test
    void a_command_is_answered_with_the_entity_as_it_now_stands() {
        Answer<Till> started = tell("a", new Start("counter"));
        Answer<Till> paid = tell("a", new PayIn(5));

        assertThat(started.version()).isEqualTo(1);
        assertThat(paid.state()).isEqualTo(new Till.Open("counter", 5));
        assertThat(paid.version()).isEqualTo(2);
        assertThat(paid.position().number()).isEqualTo(2);
    }

    @Test
    void a_refusal_changes_nothing() {
        tell("a", new Start("counter"));

        assertThatThrownBy(() -> tell("a", new PayOut(1)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("till.too-little"));
        assertThat(module.tills().history("a", 0, 100)).hasSize(1);
    }

    @Test
    void what_is_already_so_is_no_event() {
        tell("a", new Start("counter"));

        assertThat(tell("a", new Start("counter")).version()).isEqualTo(1);
    }

    @Test
    void what_was_already_so_leaves_no_trace_and_happens_when_it_is_sent_again_after_a_change() {
        tell("a", new Start("counter"));
        Envelope once = envelope();
        assertThat(module.tills().tell("a", new Rename("counter"), once).version())
                .isEqualTo(1);
        tell("a", new Rename("other"));

        assertThat(module.tills().tell("a", new Rename("counter"), once).version())
                .isEqualTo(3);
        tell("a", new Rename("third"));
        assertThat(module.tills().tell("a", new Rename("counter"), once).version())
                .as("from then on it has happened")
                .isEqualTo(3);
    }

    @Test
    void the_same_command_again_gets_the_same_answer_and_happens_once() {
        tell("a", new Start("counter"));
        Envelope once = envelope();
        Answer<Till> first = module.tills().tell("a", new PayIn(5), once);
        tell("a", new PayIn(10));

        Answer<Till> again = module.tills().tell("a", new PayIn(5), once);

        assertThat(again).isEqualTo(first);
        assertThat(balance("a")).isEqualTo(15);
    }

    @Test
    void a_repeated_command_that_would_be_refused_by_now_still_gets_its_first_answer() {
        tell("a", new Start("counter"));
        tell("a", new PayIn(5));
        Envelope once = envelope();
        Answer<Till> first = module.tills().tell("a", new PayOut(5), once);

        assertThat(module.tills().tell("a", new PayOut(5), once)).isEqualTo(first);
    }

    @Test
    void a_stale_version_is_refused_with_the_present_one() {
        tell("a", new Start("counter"));
        tell("a", new PayIn(5));

        assertThatThrownBy(() -> module.tills().tell("a", 1, new PayIn(5), envelope()))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("version.stale");
                    assertThat(refused.refusal().details()).containsEntry("version", 2L);
                });
        assertThat(module.tills().tell("a", 2, new PayIn(5), envelope()).version())
                .isEqualTo(3);
    }

    @Test
    void a_name_goes_to_exactly_one_of_many_who_claim_it_at_once() throws Exception {
        AtomicInteger won = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        concurrently(32, n -> {
            try {
                tell("till-" + n, new Start("the one"));
                won.incrementAndGet();
            } catch (RefusedException refused) {
                assertThat(refused.refusal().code()).isEqualTo("till.name-taken");
                lost.incrementAndGet();
            }
            return 0;
        });

        assertThat(won).hasValue(1);
        assertThat(lost).hasValue(31);
    }

    @Test
    void a_name_that_was_given_up_can_be_claimed_by_another() {
        tell("a", new Start("counter"));
        tell("a", new Rename("kiosk"));

        assertThat(tell("b", new Start("counter")).version()).isEqualTo(1);
        assertThatThrownBy(() -> tell("c", new Start("kiosk"))).isInstanceOf(RefusedException.class);
    }

    @Test
    void what_was_decided_on_a_claim_that_failed_is_decided_again() throws Exception {
        tell("a", new Start("taken"));
        tell("b", new Start("mine"));
        // Half of these renames collide with the other till; every payment must survive each of them.
        concurrently(16, n -> {
            for (int i = 0; i < 20; i++) {
                if (n % 2 == 0) {
                    try {
                        tell("b", new Rename("taken"));
                    } catch (RefusedException refused) {
                        assertThat(refused.refusal().code()).isEqualTo("till.name-taken");
                    }
                } else {
                    tell("b", new PayIn(1));
                }
            }
            return 0;
        });

        assertThat(module.tills().get("b").state()).isEqualTo(new Till.Open("mine", 160));
        assertThat(module.tills().history("b", 0, 1000)).hasSize(161);
    }

    @Test
    void commands_of_one_entity_are_decided_one_after_the_other() throws Exception {
        tell("a", new Start("counter"));
        tell("a", new PayIn(100));
        AtomicInteger paid = new AtomicInteger();
        concurrently(40, n -> {
            for (int i = 0; i < 10; i++) {
                try {
                    tell("a", new PayOut(1));
                    paid.incrementAndGet();
                } catch (RefusedException refused) {
                    assertThat(refused.refusal().code()).isEqualTo("till.too-little");
                }
            }
            return 0;
        });

        assertThat(paid).hasValue(100);
        assertThat(balance("a")).isZero();
    }

    @Test
    void a_state_as_of_an_earlier_version_can_be_read() {
        tell("a", new Start("counter"));
        tell("a", new PayIn(5));
        tell("a", new PayIn(6));

        assertThat(module.tills().at("a", 2)).isEqualTo(new Till.Open("counter", 5));
        assertThat(module.tills().history("a", 1, 10))
                .extracting(Recorded::version)
                .containsExactly(2L, 3L);
    }

    @Test
    void a_long_stream_loads_from_its_snapshot_and_gives_the_same_state() {
        tell("a", new Start("counter"));
        for (int i = 1; i <= 120; i++) {
            tell("a", new PayIn(i));
        }
        eventually(() -> engine.journal()
                .snapshot(new leat.kernel.port.StreamId("till", "a"))
                .isPresent());
        restart(engine, settings(), new TillModule());

        assertThat(balance("a")).isEqualTo(120 * 121 / 2);
        assertThat(tell("a", new PayIn(1)).version()).isEqualTo(122);
    }

    @Test
    void more_entities_than_fit_in_memory_stay_correct() throws Exception {
        restart(
                engine,
                settings().with(new NodeSettings.Bounds(1_000, 512, 20, 1_000, 4_096, 1_000)),
                new TillModule());
        concurrently(8, n -> {
            for (int i = 0; i < 100; i++) {
                String id = "till-" + n + "-" + i % 25;
                if (i < 25) {
                    tell(id, new Start(id));
                }
                tell(id, new PayIn(1));
            }
            return 0;
        });

        for (int i = 0; i < 25; i++) {
            assertThat(balance("till-3-" + i)).isEqualTo(4);
        }
        assertThat(node.status().entities().getFirst().cached()).isLessThanOrEqualTo(40);
    }

    // --- views ---------------------------------------------------------------------------------------------------

    @Test
    void a_view_shows_what_was_just_written() {
        for (int i = 1; i <= 50; i++) {
            if (i == 1) {
                tell("a", new Start("counter"));
            }
            Answer<Till> answer = tell("a", new PayIn(1));
            long amount =
                    module.balances().readAfter(answer, sql -> sql.number("select amount from balance where id = 'a'"));
            assertThat(amount).isEqualTo(i);
        }
    }

    @Test
    void an_event_that_cannot_be_folded_stops_its_own_entity_only() {
        tell("a", new Start("a"));
        tell("b", new Start("b"));
        tell("a", new PayIn(1));
        tell("a", new PayIn(TillModule.POISON_FOR_VIEW));
        tell("a", new PayIn(2));
        tell("b", new PayIn(5));

        assertThat(node.catchUp(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
        assertThat(shown("b")).isEqualTo(5);
        assertThat(shown("a")).isEqualTo(1);
        NodeStatus.ParkedKey parked = view().parked().getFirst();
        assertThat(parked.key()).isEqualTo("till/a");
        assertThat(parked.error()).contains("cannot fold 666");

        module.heal();
        assertThat(node.resumeView("tills.balances", "till/a", false)).isTrue();
        assertThat(shown("a")).isEqualTo(669);
        assertThat(view().parked()).isEmpty();
    }

    @Test
    void a_person_may_skip_the_event_at_which_a_view_stopped() {
        tell("a", new Start("a"));
        tell("a", new PayIn(TillModule.POISON_FOR_VIEW));
        tell("a", new PayIn(2));
        assertThat(node.catchUp(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();

        node.resumeView("tills.balances", "till/a", true);

        assertThat(shown("a")).isEqualTo(2);
        assertThat(view().parked()).isEmpty();
    }

    @Test
    void a_rebuilt_view_equals_the_one_it_replaces_while_commands_go_on() throws Exception {
        for (int i = 0; i < 20; i++) {
            tell("till-" + i, new Start("till-" + i));
            tell("till-" + i, new PayIn(i));
        }
        node.rebuildView("tills.balances");
        for (int i = 0; i < 20; i++) {
            tell("till-" + i, new PayIn(1));
        }
        eventually(() -> view().rebuilt().isEmpty());
        assertThat(node.catchUp(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(shown("till-" + i)).isEqualTo(i + 1);
        }
    }

    @Test
    void a_view_announces_what_it_has_taken_in() throws Exception {
        LinkedBlockingQueue<View.Change> heard = new LinkedBlockingQueue<>();
        try (AutoCloseable _ = engine.bus()
                .subscribe(
                        "announce.tills.a",
                        message -> heard.add(leat.kernel.Json.read(message.payload(), View.Change.class)))) {
            tell("a", new Start("a"));
            tell("a", new PayIn(3));

            assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(new View.Change("tills.balances", "a", 2));
        }
    }

    @Test
    void a_question_is_answered_by_the_module_that_serves_it() {
        tell("a", new Start("a"));
        module.balances().await(tell("a", new PayIn(3)).position(), Duration.ofSeconds(PATIENCE_SECONDS));

        assertThat(node.asks().ask(new Till.HowMuch())).isEqualTo(3);
    }

    private NodeStatus.FollowerStatus view() {
        return node.status().views().getFirst();
    }

    // --- processes and tasks -------------------------------------------------------------------------------------

    @Test
    void a_process_sends_its_command() {
        tell("a", new Start("a"));
        tell("b", new Start("b"));
        tell("a", new PayIn(10));
        tell("a", new Transfer(4, "b"));

        eventually(() -> balance("b") == 4);
        assertThat(balance("a")).isEqualTo(6);
        Recorded<Till.Event> arrived = module.tills().history("b", 1, 10).getFirst();
        assertThat(arrived.by()).isEqualTo("task:kernel.tell");
        assertThat(arrived.correlationId()).isEqualTo("request-1");
    }

    @Test
    void how_far_a_process_has_come_is_kept_soon_although_nothing_came_of_events_and_when_it_stops() {
        tell("a", new Start("a"));
        tell("a", new PayIn(10));
        eventually(() -> kept("tills.transfers") == 2);
        tell("a", new PayIn(10));
        assertThat(node.catchUp(Duration.ofSeconds(10))).isTrue();
        node.close();
        assertThat(kept("tills.transfers")).isEqualTo(3);
    }

    private long kept(String process) {
        return engine.journal().cursors(process).values().stream()
                .mapToLong(position -> position)
                .sum();
    }

    @Test
    void an_event_to_which_a_process_cannot_react_stops_its_own_key_only() {
        tell("a", new Start("a"));
        tell("b", new Start("b"));
        tell("a", new PayIn(TillModule.POISON_FOR_PROCESS));
        tell("a", new PayIn(TillModule.LARGE));
        tell("b", new PayIn(TillModule.LARGE));

        eventually(() -> module.printed("b") == 1);
        NodeStatus.FollowerStatus process = node.status().processes().getFirst();
        assertThat(process.parked()).extracting(NodeStatus.ParkedKey::key).containsExactly("a");
        assertThat(module.printed("a")).isZero();

        module.heal();
        node.resumeProcess("tills.transfers", process.parked().getFirst().partition(), "a", false);
        eventually(() -> module.printed("a") == 1);
        assertThat(node.status().processes().getFirst().parked()).isEmpty();
    }

    @Test
    void a_failing_task_is_tried_again() {
        restart(engine, settings(), new TillModule(2));
        tell("a", new Start("a"));
        tell("a", new PayIn(TillModule.LARGE));

        eventually(() -> module.printed("a") == 1);
        eventually(() ->
                node.status().tasks().getOrDefault("tills.receipt", Map.of()).isEmpty());
        assertThat(node.faults().count()).isEqualTo(2);
    }

    @Test
    void a_hopeless_task_is_parked_with_its_error_and_can_be_resumed() {
        restart(engine, settings(), new TillModule(100));
        tell("a", new Start("a"));
        tell("a", new PayIn(TillModule.LARGE));

        eventually(() -> !node.tasks(StoredTask.State.PARKED, 10).isEmpty());
        StoredTask parked = node.tasks(StoredTask.State.PARKED, 10).getFirst();
        assertThat(parked.error().orElse("")).contains("out of paper");
        assertThat(parked.attempt()).isEqualTo(3);

        module.heal();
        assertThat(node.resumeTask(parked.id())).isTrue();
        eventually(() -> module.printed("a") == 1);
    }

    @Test
    void a_parked_task_can_be_dropped() {
        restart(engine, settings(), new TillModule(100));
        tell("a", new Start("a"));
        tell("a", new PayIn(TillModule.LARGE));
        eventually(() -> !node.tasks(StoredTask.State.PARKED, 10).isEmpty());
        UUID id = node.tasks(StoredTask.State.PARKED, 10).getFirst().id();

        assertThat(node.dropTask(id)).isTrue();
        assertThat(node.dropTask(id)).isFalse();
        assertThat(node.tasks(StoredTask.State.PARKED, 10)).isEmpty();
    }

    @Test
    @Timeout(PATIENCE_SECONDS)
    void who_waits_for_a_view_that_is_up_to_date_at_the_start_does_not_wait_for_the_next_event() {
        tell("a", new Start("counter"));
        Position last = tell("a", new PayIn(5)).position();
        for (int i = 0; i < 20; i++) {
            restart(engine, settings(), new TillModule());
            assertThat(module.balances().await(last, Duration.ofMinutes(5))).isTrue();
        }
    }

    @Test
    void tasks_survive_a_restart() {
        restart(engine, settings(), new TillModule(100));
        tell("a", new Start("a"));
        tell("a", new PayIn(TillModule.LARGE));
        eventually(() -> !node.tasks(StoredTask.State.PARKED, 10).isEmpty());

        restart(engine, settings(), new TillModule());
        node.resumeTask(node.tasks(StoredTask.State.PARKED, 10).getFirst().id());

        eventually(() -> module.printed("a") == 1);
    }

    // --- overload and failure ------------------------------------------------------------------------------------

    @Test
    void a_flood_is_refused_early_and_then_everything_works_again() throws Exception {
        restart(engine, settings().with(new NodeSettings.Bounds(8, 512, 1_000, 4, 4_096, 1_000)), new TillModule());
        tell("a", new Start("a"));
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        concurrently(200, n -> {
            for (int i = 0; i < 5; i++) {
                try {
                    tell("a", new PayIn(1));
                    accepted.incrementAndGet();
                } catch (OverloadedException overloaded) {
                    assertThat(overloaded.retryAfter()).isPositive();
                    refused.incrementAndGet();
                }
            }
            return 0;
        });

        assertThat(accepted.get() + refused.get()).isEqualTo(1000);
        assertThat(refused).hasPositiveValue();
        assertThat(balance("a")).isEqualTo(accepted.get());
        assertThat(tell("a", new PayIn(1)).state()).isEqualTo(new Till.Open("a", accepted.get() + 1));
    }

    @Test
    void a_failed_group_takes_down_everything_that_was_decided_on_it() throws Exception {
        Seed.replayable(3, random -> {
            long seed = random.nextLong();
            CrashPoints failing = commit -> commit > 40 && new Random(seed + commit).nextInt(3) == 0
                    ? CrashPoints.What.FAIL
                    : CrashPoints.What.NOTHING;
            restart(crashing(failing), settings(), new TillModule());
            String till = "till-" + seed;
            tell(till, new Start(till));
            AtomicInteger acknowledged = new AtomicInteger();
            concurrently(16, n -> {
                for (int i = 0; i < 20; i++) {
                    try {
                        tell(till, new PayIn(1));
                        acknowledged.incrementAndGet();
                    } catch (JournalException fault) {
                        assertThat(fault).hasMessageContaining("nothing was changed");
                    }
                }
                return 0;
            });
            assertThat(balance(till)).isEqualTo(acknowledged.get());
            restart(engine, settings(), new TillModule());
            assertThat(balance(till)).isEqualTo(acknowledged.get());
        });
    }

    @Test
    void after_any_crash_journal_entity_and_view_agree_and_every_transfer_arrives_once() throws Exception {
        Seed.replayable(5, random -> {
            String prefix = "r" + random.nextInt(1 << 30) + "-";
            long expected = 0;
            for (int i = 0; i < 4; i++) {
                tell(prefix + i, new Start(prefix + i));
                tell(prefix + i, new PayIn(100));
                expected += 100;
            }
            for (int round = 0; round < 4; round++) {
                CrashPoints points = CrashPoints.seeded(random.nextLong(), 12);
                restart(
                        crashing(commit -> commit < 30 ? CrashPoints.What.NOTHING : points.at(commit)),
                        settings(),
                        new TillModule());
                for (int i = 0; i < 30; i++) {
                    String from = prefix + random.nextInt(4);
                    String to = prefix + random.nextInt(4);
                    try {
                        tell(from, new Transfer(1, to));
                    } catch (RefusedException
                            | JournalException
                            | OverloadedException
                            | IllegalStateException
                            | SimulatedCrash ignored) {
                        // refused, failed or dead: whether it happened is for the journal to say
                    }
                }
            }
            restart(engine, settings(), new TillModule());
            long total = expected;
            eventually(() -> sum(prefix, this::balance) == total);
            assertThat(node.catchUp(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
            for (int i = 0; i < 4; i++) {
                assertThat(shown(prefix + i)).isEqualTo(balance(prefix + i));
            }
        });
    }

    /** The engine of this test with a journal that fails where it is told to. */
    private Engine crashing(CrashPoints points) {
        return CrashingEngine.around(engine, points);
    }

    private static long sum(String prefix, java.util.function.ToLongFunction<String> balance) {
        long sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += balance.applyAsLong(prefix + i);
        }
        return sum;
    }

    @Test
    void the_same_commands_leave_the_same_trace_on_every_engine() throws Exception {
        Seed.replayable(random -> {
            Map<String, List<String>> expected = new HashMap<>();
            Map<String, Till> model = new HashMap<>();
            String run = "t" + random.nextInt(1 << 30) + "-";
            for (int i = 0; i < 300; i++) {
                String id = run + random.nextInt(5);
                Till.Command command = anyCommand(random, run);
                var decision = Till.decide(command, model.getOrDefault(id, new Till.Closed()));
                try {
                    Answer<Till> answer = tell(id, command);
                    assertThat(decision).isInstanceOf(leat.kernel.Decision.Accepted.class);
                    for (Till.Event event : ((leat.kernel.Decision.Accepted<Till.Event>) decision).events()) {
                        model.merge(id, Till.evolve(new Till.Closed(), event), (old, fresh) -> Till.evolve(old, event));
                        expected.computeIfAbsent(id, any -> new ArrayList<>()).add(event.toString());
                    }
                    assertThat(answer.state()).isEqualTo(model.get(id));
                } catch (RefusedException refused) {
                    boolean byName = refused.refusal().code().equals("till.name-taken");
                    assertThat(byName || decision instanceof leat.kernel.Decision.Refused)
                            .isTrue();
                }
            }
            expected.forEach((id, events) -> assertThat(module.tills().history(id, 0, 1_000))
                    .extracting(recorded -> recorded.event().toString())
                    .containsExactlyElementsOf(events));
        });
    }

    private static Till.Command anyCommand(Random random, String run) {
        return switch (random.nextInt(5)) {
            case 0 -> new Start(run + random.nextInt(8));
            case 1 -> new Rename(run + random.nextInt(8));
            case 2, 3 -> new PayIn(random.nextInt(100));
            default -> new PayOut(random.nextInt(60));
        };
    }

    // --- tools ---------------------------------------------------------------------------------------------------

    private interface Numbered {
        int run(int n) throws Exception;
    }

    private static void concurrently(int threads, Numbered work) throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int n = 0; n < threads; n++) {
                int number = n;
                all.add(() -> work.run(number));
            }
            for (Future<Integer> done : pool.invokeAll(all)) {
                done.get();
            }
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited " + PATIENCE_SECONDS + " s in vain")
                    .isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }
}
