package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import leat.kernel.Answer;
import leat.kernel.Asks;
import leat.kernel.Definition;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Json;
import leat.kernel.Module;
import leat.kernel.Process;
import leat.kernel.Reaction;
import leat.kernel.RefusedException;
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.runtime.JoinException;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.Till.Command.PayIn;
import leat.kernel.test.Till.Command.PayOut;
import leat.kernel.test.Till.Command.Start;
import leat.kernel.test.Till.Command.Transfer;
import leat.kernel.test.Till.TillModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What modules may rely on when several nodes share a journal, whichever dies, joins, leaves or stands still.
 *
 * <p>Most of the time it waits for leases to end, so its tests run beside each other where JUnit is told that it may.
 */
@Timeout(1_800)
@Execution(ExecutionMode.CONCURRENT)
public abstract class ClusterContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofMillis(1_500);

    /** How many times the usual size. */
    private static final int TIMES = Integer.getInteger("leat.torture", 1);

    private static final int FAULTS = 4 * TIMES;
    private static final int DEATHS = 3 * TIMES;

    private final Ids ids = new Ids(Clock.systemUTC(), 1_000);
    private final List<Running> nodes = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private SharedBus bus;

    protected ClusterContract() {}

    /** Opens the store that all nodes of one test share, empty. */
    protected abstract void openStore() throws Exception;

    /** One node's way to the store; closed with the node. */
    protected abstract Engine connect(Bus end) throws Exception;

    protected abstract void closeStore() throws Exception;

    @BeforeEach
    final void openShared() throws Exception {
        openStore();
        bus = new SharedBus();
    }

    @AfterEach
    final void closeShared() throws Exception {
        List<Running> all = List.copyOf(nodes);
        all.forEach(Running::end);
        closeStore();
    }

    /** A node and what belongs to it. */
    private final class Running {
        final String name;
        final Cable cable;
        final TillModule module = new TillModule();
        final Node node;

        Running(String name, Module... more) {
            try {
                this.name = name;
                this.cable = new Cable(connect(bus.connect()));
                this.node = Node.start(
                        settings(name),
                        cable,
                        Stream.concat(Stream.of(module), Stream.of(more)).toList());
                nodes.add(this);
            } catch (Exception e) {
                throw new IllegalStateException("a node could not be started", e);
            }
        }

        Answer<Till> tell(String id, Till.Command command) {
            return module.tills().tell(id, command, envelope());
        }

        long balance(String id) {
            return module.tills().get(id).state() instanceof Till.Open open ? open.balance() : -1;
        }

        Set<PartitionId> owned() {
            Set<PartitionId> owned =
                    new TreeSet<>(node.status().sharing().orElseThrow().owned());
            owned.removeIf(partition -> !partition.module().equals("tills"));
            return owned;
        }

        boolean follows() {
            return node.status().sharing().orElseThrow().owned().stream()
                    .anyMatch(owned -> owned.module().startsWith("view:"));
        }

        boolean owns(String till) {
            return owned().contains(PartitionId.of("tills", new StreamId("till", till)));
        }

        /** Goes as a process goes that is asked to. */
        void leave() {
            node.close();
            end();
        }

        /** Goes as a process goes that is killed: nobody hears of it. */
        void die() {
            cable.cut();
            end();
        }

        void end() {
            if (nodes.remove(this)) {
                cable.release();
                node.drain(Duration.ZERO);
                cable.close();
            }
        }
    }

    private static NodeSettings settings(String name) {
        NodeSettings usual = NodeSettings.defaults();
        return usual.named(name, "")
                .with(new NodeSettings.Times(
                        LEASE, Duration.ofSeconds(2), usual.times().commandMemory(), Duration.ofSeconds(15)));
    }

    private Envelope envelope() {
        return new Envelope(ids.nextCommand(), "request-1", "user:tester", Instant.now());
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            Thread.sleep(5);
        }
    }

    /** Waits until the nodes own every partition between them, evenly. */
    private static void settled(Running... living) throws InterruptedException {
        until("every partition has one owner, in fair shares", () -> {
            int owned = 0;
            Set<PartitionId> all = new TreeSet<>();
            for (Running one : living) {
                int share = one.owned().size();
                if (Math.abs(share - PartitionId.COUNT / living.length) > 1) {
                    return false;
                }
                owned += share;
                all.addAll(one.owned());
            }
            return owned == PartitionId.COUNT && all.size() == PartitionId.COUNT;
        });
    }

    private List<String> tills(int count, Running on) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = ids.next();
            on.tell(id, new Start("till " + id));
            made.add(id);
        }
        return made;
    }

    // --- sharing -------------------------------------------------------------------------------------------------

    @Test
    void the_partitions_are_spread_evenly_over_the_nodes_that_live() throws Exception {
        Running a = new Running("a");
        settled(a);
        Running b = new Running("b");
        Running c = new Running("c");
        settled(a, b, c);
        b.leave();
        settled(a, c);
        c.die();
        settled(a);
    }

    @Test
    void each_node_makes_ids_with_a_number_of_its_own() {
        new Running("a");
        Running b = new Running("b");

        assertThat(b.node.status().sharing().orElseThrow().members())
                .extracting(member -> member.node() + member.number())
                .containsExactly("a0", "b1");
    }

    @Test
    void any_node_takes_a_command_for_any_entity_and_any_node_reads_what_it_did() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        Running c = new Running("c");
        settled(a, b, c);
        for (String till : tills(40, a)) {
            Answer<Till> paid = b.tell(till, new PayIn(5));
            assertThat(paid.state()).isEqualTo(new Till.Open("till " + till, 5));
            assertThat(paid.version()).isEqualTo(2);
            assertThat(c.balance(till)).isEqualTo(5);
            c.tell(till, new PayOut(2));
            assertThat(a.balance(till)).isEqualTo(3);
            assertThat(b.module.tills().history(till, 0, 10)).hasSize(3);
        }
    }

    @Test
    void a_refusal_of_the_owner_arrives_word_for_word() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        settled(a, b);
        String till = tills(50, a).stream().filter(a::owns).findFirst().orElseThrow();

        assertThatThrownBy(() -> b.tell(till, new PayOut(1)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("till.too-little");
                    assertThat(refused.refusal().message()).isEqualTo("The till holds only 0.");
                });
        assertThatThrownBy(() -> b.module.tills().tell(till, 7, new PayIn(1), envelope()))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("version.stale");
                    assertThat(refused.refusal().details()).containsEntry("version", 1);
                });
        assertThat(b.node.status().sharing().orElseThrow().forwarded().get("refused"))
                .isEqualTo(2);
    }

    @Test
    void a_name_is_given_once_however_many_nodes_are_asked() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        settled(a, b);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                String name = "the counter " + round;
                List<Future<Boolean>> attempts = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    Running on = i % 2 == 0 ? a : b;
                    attempts.add(threads.submit(() -> starts(on, name)));
                }
                int started = 0;
                for (Future<Boolean> attempt : attempts) {
                    started += attempt.get() ? 1 : 0;
                }
                assertThat(started).isEqualTo(1);
            }
        }
    }

    private boolean starts(Running on, String name) {
        try {
            on.tell(ids.next(), new Start(name));
            return true;
        } catch (RefusedException refused) {
            assertThat(refused.refusal().code()).isEqualTo("till.name-taken");
            return false;
        }
    }

    @Test
    void one_command_id_is_done_once_whichever_nodes_it_is_sent_to() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        settled(a, b);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String till : tills(20, a)) {
                UUID command = ids.nextCommand();
                Envelope same = new Envelope(command, "request-1", "user:tester", Instant.now());
                List<Future<Answer<Till>>> answers = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    Running on = i % 2 == 0 ? a : b;
                    answers.add(threads.submit(() -> on.module.tills().tell(till, new PayIn(7), same)));
                }
                for (Future<Answer<Till>> answer : answers) {
                    assertThat(answer.get().version()).isEqualTo(2);
                }
                assertThat(a.balance(till)).isEqualTo(7);
            }
        }
    }

    @Test
    void who_has_written_through_one_node_reads_it_in_a_view_of_another() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        Running c = new Running("c");
        settled(a, b, c);
        List<Running> all = List.of(a, b, c);
        for (String till : tills(15, a)) {
            Answer<Till> paid = b.tell(till, new PayIn(9));
            for (Running one : all) {
                assertThat(one.module.balances().await(paid.position(), PATIENCE))
                        .isTrue();
                long shown =
                        one.module.balances().read(sql -> sql.number("select amount from balance where id = ?", till));
                assertThat(shown).isEqualTo(9);
            }
        }
    }

    @Test
    void what_is_transferred_arrives_once_wherever_the_two_tills_are() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        settled(a, b);
        List<String> tills = tills(10, a);
        for (String till : tills) {
            a.tell(till, new PayIn(100));
        }
        for (int i = 0; i < tills.size(); i++) {
            b.tell(tills.get(i), new Transfer(30, tills.get((i + 1) % tills.size())));
        }
        until("each till has what it sent", () -> tills.stream().allMatch(till -> a.balance(till) == 100));
        Thread.sleep(200);
        assertThat(tills).allMatch(till -> b.balance(till) == 100);
    }

    @Test
    void a_process_follows_another_module_also_where_a_node_hosts_that_alone_and_remembers_across_partitions()
            throws Exception {
        long seed = Seed.next();
        Running plain = new Running("plain");
        Running first = new Running("first", new Watch());
        Running second = new Running("second", new Watch());
        settled(plain, first, second);
        List<String> tills = tills(30, plain);
        Load load = new Load(tills, List.of(plain, first, second), seed);
        try (load) {
            Thread.sleep(300);
            load.through.remove(first);
            Thread.sleep(100);
            first.leave();
            settled(plain, second);
            Thread.sleep(100);
        }
        assertThat(load.failures).isEmpty();
        until("every payment was seen", () -> Watch.seen(second) >= load.paid());
        assertThat(second.node.catchUp(PATIENCE)).isTrue();
        assertThat(Watch.seen(second)).isEqualTo(load.paid());
    }

    /** A module whose process adds up, under one key, what happens in another module. */
    private static final class Watch implements Module {
        private static final String NAME = "watch.payments";

        record Seen(long amount) {}

        @Override
        public String name() {
            return "watch";
        }

        @Override
        public void define(Definition m) {
            m.process(Process.remembering(NAME, Seen.class, new Seen(0))
                    .follows("tills")
                    .on(
                            Till.Event.PaidIn.class,
                            it -> "all",
                            (seen, it) -> Reaction.remember(
                                    new Seen(seen.amount() + it.event().amount()))));
        }

        static long seen(Running on) {
            return on.cable
                    .journal()
                    .processState(NAME, "all")
                    .map(json -> Json.read(json, Seen.class).amount())
                    .orElse(0L);
        }
    }

    @Test
    void a_node_does_not_start_with_a_process_without_the_modules_that_it_follows() throws Exception {
        Cable cable = new Cable(connect(bus.connect()));
        try {
            assertThatThrownBy(() -> Node.start(settings("half"), cable, List.of(new Watch())))
                    .isInstanceOf(JoinException.class)
                    .hasMessage("The process watch.payments follows the modules tills, watch; let this node host all of"
                            + " them.");
        } finally {
            cable.close();
        }
    }

    @Test
    void a_node_that_must_be_alone_is_refused_beside_others() throws Exception {
        new Running("a");
        Cable cable = new Cable(connect(bus.connect()), true);
        try {
            assertThatThrownBy(() -> Node.start(settings("b"), cable, List.of(new TillModule())))
                    .isInstanceOf(JoinException.class)
                    .hasMessageStartingWith("This node cannot join the others: the node a works on the same journal");
        } finally {
            cable.close();
        }
    }

    @Test
    void a_node_that_does_not_host_a_module_asks_one_that_does() throws Exception {
        Running a = new Running("a");
        String till = tills(1, a).getFirst();
        Answer<Till> paid = a.tell(till, new PayIn(12));
        a.module.balances().await(paid.position(), PATIENCE);
        var asking = new Asking();
        Cable cable = new Cable(connect(bus.connect()));
        Node other = Node.start(settings("asking"), cable, List.of(asking));
        try {
            assertThat(asking.asks.ask(new Till.HowMuch())).isEqualTo(12L);
            a.leave();
            assertThatThrownBy(() -> asking.asks.ask(new Till.HowMuch()))
                    .isInstanceOf(leat.kernel.OverloadedException.class)
                    .hasMessageContaining("HowMuch");
        } finally {
            other.close();
            cable.close();
        }
    }

    private static final class Asking implements Module {
        @SuppressWarnings("NullAway.Init") // set when the module is mounted
        Asks asks;

        @Override
        public String name() {
            return "asking";
        }

        @Override
        public void define(Definition m) {
            asks = m.asks();
        }
    }

    /** One of those that are there now; others may come and go meanwhile. */
    private static <T> T any(List<T> list, Random random) {
        List<T> now = List.copyOf(list);
        return now.get(random.nextInt(now.size()));
    }

    // --- changing hands ------------------------------------------------------------------------------------------

    /** Pays into tills through all nodes until told to stop; knows what was acknowledged. */
    private final class Load implements AutoCloseable {
        final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();
        final List<Throwable> failures = new CopyOnWriteArrayList<>();
        final AtomicBoolean going = new AtomicBoolean(true);
        final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        final List<Running> through = new CopyOnWriteArrayList<>();

        Load(List<String> tills, List<Running> nodes, long seed) {
            through.addAll(nodes);
            for (int i = 0; i < 8; i++) {
                Random random = new Random(seed + i);
                threads.execute(() -> pay(tills, random));
            }
        }

        private void pay(List<String> tills, Random random) {
            while (going.get()) {
                String till = tills.get(random.nextInt(tills.size()));
                Envelope envelope = envelope();
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                while (true) {
                    Running on = any(through, random);
                    try {
                        on.module.tills().tell(till, new PayIn(1), envelope);
                        acknowledged
                                .computeIfAbsent(till, any -> new AtomicInteger())
                                .incrementAndGet();
                        break;
                    } catch (RuntimeException failure) {
                        if (through.contains(on) || System.nanoTime() > deadline) {
                            failures.add(failure);
                            return;
                        }
                        // That node is gone: what it did is unknown, so the same command goes through another.
                    }
                }
            }
        }

        int paid() {
            return acknowledged.values().stream().mapToInt(AtomicInteger::get).sum();
        }

        @Override
        public void close() {
            going.set(false);
            threads.close();
        }
    }

    private static void holdsWhatWasAcknowledged(Load load, List<String> tills, Running on) {
        assertThat(load.failures).isEmpty();
        for (String till : tills) {
            int paid = load.acknowledged.getOrDefault(till, new AtomicInteger()).get();
            assertThat(on.balance(till)).as("till %s", till).isEqualTo(paid);
        }
        assertThat(on.node.catchUp(PATIENCE)).isTrue();
        Map<String, Long> shown = new TreeMap<>();
        on.module
                .balances()
                .read(sql -> sql.query("select id, amount from balance", row -> shown.put(row.text(1), row.number(2))));
        for (String till : tills) {
            assertThat(shown.get(till)).as("till %s in the view", till).isEqualTo(on.balance(till));
        }
    }

    @Test
    void no_command_is_refused_while_nodes_join_and_leave() throws Exception {
        long seed = Seed.next();
        Running a = new Running("a");
        List<String> tills = tills(30, a);
        Load load = new Load(tills, List.of(a), seed);
        try (load) {
            Running b = new Running("b");
            load.through.add(b);
            settled(a, b);
            Running c = new Running("c");
            load.through.add(c);
            settled(a, b, c);
            load.through.remove(a);
            Thread.sleep(100);
            a.leave();
            settled(b, c);
            load.through.remove(c);
            Thread.sleep(100);
            c.leave();
            settled(b);
        }
        assertThat(load.paid()).isPositive();
        holdsWhatWasAcknowledged(load, tills, nodes.getFirst());
        Tally.row("joining and leaving under load", 4, load.paid() + " payments, none refused, each there once", seed);
    }

    @Test
    void what_was_acknowledged_is_there_once_when_nodes_die() throws Exception {
        long seed = Seed.next();
        Random random = new Random(seed);
        List<Running> living = new ArrayList<>(List.of(new Running("n0"), new Running("n1"), new Running("n2")));
        List<String> tills = tills(30, living.getFirst());
        Load load = new Load(tills, living, seed);
        try (load) {
            for (int round = 0; round < DEATHS; round++) {
                Thread.sleep(random.nextInt(300));
                Running victim = living.remove(random.nextInt(living.size()));
                load.through.remove(victim);
                victim.die();
                Running next = new Running("n" + (round + 3));
                living.add(next);
                load.through.add(next);
                settled(living.toArray(Running[]::new));
            }
        }
        holdsWhatWasAcknowledged(load, tills, living.getFirst());
        Tally.row("nodes that die under load", DEATHS, load.paid() + " payments, each there once", seed);
    }

    @Test
    void a_node_that_stood_still_past_its_lease_cannot_write() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        settled(a, b);
        String till = tills(50, a).stream().filter(a::owns).findFirst().orElseThrow();
        a.tell(till, new PayIn(1));

        a.cable.hold();
        AtomicBoolean late = new AtomicBoolean();
        Thread writing = Thread.ofVirtual().start(() -> {
            a.tell(till, new PayIn(10));
            late.set(true);
        });
        until("b owns the till", () -> b.owns(till));
        assertThat(b.tell(till, new PayIn(100)).version()).isEqualTo(3);
        assertThat(late).isFalse();
        a.cable.release();

        // The one that was late is decided anew by the owner, so it comes after.
        writing.join();
        assertThat(a.balance(till)).isEqualTo(111);
        assertThat(b.balance(till)).isEqualTo(111);
        assertThat(a.module.tills().history(till, 1, 10))
                .extracting(recorded -> recorded.event())
                .containsExactly(new Till.Event.PaidIn(1), new Till.Event.PaidIn(100), new Till.Event.PaidIn(10));
        settled(a, b);
    }

    /** Nobody tells the node that its time is over: it has nothing but its own clock to know it by. */
    @Test
    void a_node_that_stood_still_past_its_lease_does_not_answer_from_memory() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        settled(a, b);
        String till = tills(50, a).stream().filter(a::owns).findFirst().orElseThrow();
        a.tell(till, new PayIn(1));
        assertThat(a.balance(till)).isEqualTo(1);

        a.cable.hold();
        until("b owns the till", () -> b.owns(till));
        b.tell(till, new PayIn(100));
        CompletableFuture<Long> read = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> read.complete(a.balance(till)));
        assertThatThrownBy(() -> read.get(300, TimeUnit.MILLISECONDS))
                .as("it asks the journal, which is held")
                .isInstanceOf(TimeoutException.class);
        a.cable.release();
        assertThat(read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(101);
    }

    @Test
    void a_view_takes_each_event_in_once_though_its_follower_stands_still_in_the_midst_of_one() throws Exception {
        long seed = Seed.next();
        Running a = new Running("a");
        Running b = new Running("b");
        settled(a, b);
        List<String> tills = tills(20, a);
        Load load = new Load(tills, List.of(a, b), seed);
        try (load) {
            for (int round = 0; round < 3; round++) {
                until("somebody follows the view", () -> a.follows() || b.follows());
                Running follower = a.follows() ? a : b;
                Running other = a.follows() ? b : a;
                Thread.sleep(100);
                follower.cable.hold();
                until("the other follows the view", other::follows);
                Thread.sleep(200);
                follower.cable.release();
                settled(a, b);
            }
        }
        holdsWhatWasAcknowledged(load, tills, a);
        holdsWhatWasAcknowledged(load, tills, b);
    }

    @Test
    void a_process_and_its_tasks_go_on_when_their_node_dies() throws Exception {
        Running a = new Running("a");
        Running b = new Running("b");
        settled(a, b);
        List<String> tills = tills(12, a);
        for (String till : tills) {
            a.tell(till, new PayIn(100));
        }
        for (int i = 0; i < tills.size(); i++) {
            a.tell(tills.get(i), new Transfer(30, tills.get((i + 1) % tills.size())));
        }
        a.die();
        until("each till has what it sent", () -> tills.stream().allMatch(till -> b.balance(till) == 100));
        Running c = new Running("c");
        assertThat(c.node.catchUp(PATIENCE)).isTrue();
        assertThat(tills).allMatch(till -> c.balance(till) == 100);
    }

    @Test
    void a_process_of_the_same_name_that_starts_later_takes_the_place_of_the_former() throws Exception {
        Running former = new Running("a");
        String till = tills(1, former).getFirst();
        Thread.sleep(5);
        Running later = new Running("a");
        until(
                "the former knows",
                () -> former.node.status().sharing().orElseThrow().superseded());
        assertThat(later.tell(till, new PayIn(3)).version()).isEqualTo(2);
    }

    @Test
    void no_position_is_missing_and_none_is_there_twice() throws Exception {
        long seed = Seed.next();
        Running a = new Running("a");
        Running b = new Running("b");
        List<String> tills = tills(20, a);
        Load load = new Load(tills, List.of(a, b), seed);
        try (load) {
            Thread.sleep(300);
            Running c = new Running("c");
            settled(a, b, c);
        }
        for (int number = 0; number < PartitionId.COUNT; number++) {
            List<StoredEvent> events = a.cable.journal().partition(new PartitionId("tills", number), 0, 1_000_000);
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).position()).isEqualTo(i + 1);
            }
        }
        holdsWhatWasAcknowledged(load, tills, b);
    }

    /**
     * Reads and writes a few tills through all nodes while one after the other is held still past its lease, dies, leaves
     * or joins, and checks that every answer fits into one order.
     */
    @Test
    void what_each_entity_answers_under_faults_is_linearizable() throws Exception {
        long seed = Seed.next();
        Random random = new Random(seed);
        List<Running> living = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            living.add(new Running("n" + i));
        }
        settled(living.toArray(Running[]::new));
        List<String> tills = tills(4, living.getFirst());
        Map<String, History> histories = new TreeMap<>();
        tills.forEach(till -> histories.put(till, new History()));
        AtomicBoolean going = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                Random own = new Random(random.nextLong());
                threads.execute(() -> {
                    while (going.get()) {
                        String till = tills.get(own.nextInt(tills.size()));
                        ask(any(living, own), till, own.nextInt(3) == 0, histories);
                    }
                });
            }
            try {
                for (int round = 0; round < FAULTS; round++) {
                    disturb(living, random, round);
                }
            } finally {
                going.set(false);
            }
        }
        int answers = 0;
        for (Map.Entry<String, History> one : histories.entrySet()) {
            assertThat(one.getValue().broken()).as("till %s", one.getKey()).isEmpty();
            answers += one.getValue().size();
        }
        assertThat(answers).isGreaterThan(FAULTS);
        Tally.row(
                "nodes stopped past their lease, cut off, or leaving and joining, in turn",
                FAULTS,
                answers + " answers of " + tills.size() + " entities, linearizable",
                seed);
    }

    private void ask(Running on, String till, boolean writes, Map<String, History> histories) {
        long asked = System.nanoTime();
        try {
            Answer<Till> answer =
                    writes ? on.tell(till, new PayIn(1)) : on.module.tills().get(till);
            History history = histories.get(till);
            if (history != null) {
                history.add(
                        new History.Done(writes, answer.version(), answer.state(), asked, System.nanoTime(), on.name));
            }
        } catch (RuntimeException unknown) {
            // Cut off, or not answered in time: it may have happened or not, and says nothing.
        }
    }

    private void disturb(List<Running> living, Random random, int round) throws Exception {
        Running victim = living.get(random.nextInt(living.size()));
        switch (round % 3) {
            case 0 -> {
                victim.cable.hold();
                Thread.sleep(LEASE.multipliedBy(2));
                victim.cable.release();
            }
            case 1 -> {
                living.remove(victim);
                victim.die();
                living.add(new Running("m" + round));
            }
            default -> {
                living.remove(victim);
                Thread.sleep(50);
                victim.leave();
                living.add(new Running("m" + round));
            }
        }
        settled(living.toArray(Running[]::new));
    }
}
