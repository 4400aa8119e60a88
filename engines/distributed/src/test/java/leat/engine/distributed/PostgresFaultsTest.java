package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import leat.kernel.Claim;
import leat.kernel.Refusal;
import leat.kernel.port.EngineException;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.test.MemoryEngine;
import leat.kernel.test.Seed;
import leat.kernel.test.Tally;
import org.junit.jupiter.api.Test;

/**
 * What several nodes and a failing PostgreSQL may do to the journal, and must not. {@code -Dleat.torture=10} does it ten
 * times as long.
 */
class PostgresFaultsTest {
    private static final int TIMES = Integer.getInteger("leat.torture", 1);
    /** Commits while a foreign transaction stays open: a million when it is done ten times as long. */
    private static final long ENOUGH = TIMES == 1 ? 1 : 100_000L * TIMES;

    private static DistributedEngine open(PostgresSettings settings) {
        MemoryEngine beside = new MemoryEngine();
        return DistributedEngine.open(
                settings, new DistributedEngine.Carried(beside.bus(), beside.blobs(), beside.logs(), beside::close));
    }

    @Test
    void no_subscriber_misses_an_event_of_sixteen_writers_while_a_foreign_transaction_stays_open() throws Exception {
        PostgresSettings database = PrivatePostgres.shared().database();
        long seed = Seed.next();
        List<DistributedEngine> nodes = new ArrayList<>();
        try (DistributedEngine subscriber = open(database);
                Connection foreign =
                        java.sql.DriverManager.getConnection(database.url(), database.user(), database.password())) {
            foreign.setAutoCommit(false);
            try (var statement = foreign.createStatement()) {
                statement.execute("create table foreigner (id integer)");
                statement.execute("select txid_current(), count(*) from event");
            }
            CommandLoad load = new CommandLoad(seed);
            for (int i = 0; i < 16; i++) {
                DistributedEngine node = open(few(database));
                nodes.add(node);
                load.start(i, node.journal());
            }
            AtomicBoolean following = new AtomicBoolean(true);
            Map<PartitionId, Long> seen = new ConcurrentHashMap<>();
            Thread follower = Thread.ofPlatform().start(() -> {
                while (following.get()) {
                    follow(subscriber.journal(), seen);
                }
                follow(subscriber.journal(), seen);
            });
            Thread.sleep(Duration.ofSeconds(5));
            waitUntil(() -> load.done() >= ENOUGH);
            load.stop();
            following.set(false);
            follower.join();
            assertThat(seen).isEqualTo(subscriber.journal().heads());
            assertThat(seen.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(load.done());
            load.verify(subscriber.journal());
            Tally.row("commits of 16 writers, a foreign transaction open", load.done(), "followed without a gap", seed);
            foreign.rollback();
        } finally {
            nodes.forEach(DistributedEngine::close);
        }
        assertThat(deadlocks(database))
                .as("groups that waited for each other in a circle")
                .isZero();
    }

    private static long deadlocks(PostgresSettings database) throws SQLException {
        try (Connection connection =
                        java.sql.DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select deadlocks from pg_stat_database where datname = current_database()")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    /** Fails on a gap, by leaving {@code seen} behind. */
    private static void follow(Journal journal, Map<PartitionId, Long> seen) {
        for (PartitionId partition : journal.heads().keySet()) {
            long last = seen.getOrDefault(partition, 0L);
            for (StoredEvent event : journal.partition(partition, last, 500)) {
                if (event.position() != last + 1) {
                    throw new AssertionError("after " + last + " of " + partition + " came " + event.position());
                }
                last = event.position();
            }
            seen.put(partition, last);
        }
    }

    private static PostgresSettings few(PostgresSettings all) {
        return new PostgresSettings(
                all.host(),
                all.port(),
                all.database(),
                all.user(),
                all.password(),
                all.tls(),
                1,
                all.statement(),
                all.lock());
    }

    @Test
    void what_was_acknowledged_is_there_once_after_the_server_was_killed_again_and_again() throws Exception {
        long seed = Seed.next();
        try (PrivatePostgres postgres = new PrivatePostgres()) {
            PostgresSettings database = postgres.database();
            try (DistributedEngine one = open(database);
                    DistributedEngine other = open(database)) {
                CommandLoad load = new CommandLoad(seed);
                for (int i = 0; i < 4; i++) {
                    load.start(i, (i % 2 == 0 ? one : other).journal());
                }
                for (int round = 0; round < 3 * TIMES; round++) {
                    long before = load.done();
                    Thread.sleep(700);
                    postgres.kill();
                    postgres.start();
                    waitUntil(() -> load.done() > before + 100);
                }
                load.stop();
                load.verify(one.journal());
                Tally.row("kill -9 of PostgreSQL under load", 3L * TIMES, acknowledged(load), seed);
            }
        }
    }

    @Test
    void what_was_acknowledged_is_there_once_after_a_network_that_cuts_delays_and_tears() throws Exception {
        PostgresSettings database = PrivatePostgres.shared().database();
        long seed = Seed.next();
        try (FaultyProxy proxy = new FaultyProxy(database.port(), seed);
                DistributedEngine direct = open(database)) {
            PostgresSettings through = new PostgresSettings(
                    "127.0.0.1",
                    proxy.port(),
                    database.database(),
                    database.user(),
                    database.password(),
                    database.tls(),
                    2,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5));
            List<DistributedEngine> nodes = new ArrayList<>();
            try {
                CommandLoad load = new CommandLoad(seed);
                for (int i = 0; i < 4; i++) {
                    DistributedEngine node = patiently(through);
                    nodes.add(node);
                    load.start(i, node.journal());
                }
                waitUntil(() -> proxy.cuts() >= 20L * TIMES);
                proxy.behave();
                load.stop();
                load.verify(direct.journal());
                assertThat(load.done()).isGreaterThan(100);
                Tally.row(
                        "cuts by a proxy that also delays and tears, between nodes and PostgreSQL",
                        proxy.cuts(),
                        acknowledged(load),
                        seed);
            } finally {
                nodes.forEach(DistributedEngine::close);
            }
        }
    }

    private static String acknowledged(CommandLoad load) {
        return String.format(java.util.Locale.ROOT, "%,d acknowledged, each there once", load.done());
    }

    private static DistributedEngine patiently(PostgresSettings settings) {
        while (true) {
            try {
                return open(settings);
            } catch (EngineException e) {
                assertThat(e.getMessage()).doesNotContain(settings.password());
            }
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void waitUntil(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120L * TIMES);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void a_writer_that_was_paused_past_its_lease_cannot_append_when_it_goes_on() throws Exception {
        PostgresSettings database = PrivatePostgres.shared().database();
        PartitionId partition = PausedWriter.PARTITION;
        for (int round = 0; round < 2 * TIMES; round++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            PausedWriter.class.getName(),
                            Integer.toString(database.port()),
                            database.database())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (DistributedEngine other = open(database);
                    BufferedReader lines = writer.inputReader(UTF_8)) {
                assertThat(lines.readLine()).startsWith("leased");
                Thread.sleep(300);
                signal("STOP", writer);
                Journal journal = other.journal();
                long epoch = takenOver(journal, partition);
                long version = CommandLoad.positions(journal, partition);
                Write.Append mine = PausedWriter.append(epoch, version);
                assertThat(journal.commit(List.of(mine)).getFirst())
                        .isEqualTo(new Outcome.Appended(version + 1, version + 1));
                signal("CONT", writer);
                String last;
                do {
                    last = lines.readLine();
                } while (last != null && last.startsWith("appended"));
                assertThat(last).startsWith("fenced");
                assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(CommandLoad.positions(journal, partition)).isEqualTo(version + 1);
                assertThat(journal.commit(List.of(new Write.ReleaseLease(partition, "other", epoch))))
                        .containsExactly(new Outcome.Done());
            } finally {
                writer.destroyForcibly();
            }
        }
        Tally.row("SIGSTOP of a writer past its lease, takeover, SIGCONT", 2L * TIMES, "fenced each time", 0);
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Waits for the lease to end; whatever rows the paused one has locked are free by then, too. */
    private static long takenOver(Journal journal, PartitionId partition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            Outcome outcome;
            try {
                outcome = journal.commit(List.of(
                                new Write.AcquireLease(partition, "other", Instant.now(), Duration.ofMinutes(1))))
                        .getFirst();
            } catch (JournalException e) {
                outcome = new Outcome.Fenced("the row is locked");
            }
            if (outcome instanceof Outcome.Leased(var lease)) {
                return lease.epoch();
            }
            assertThat(System.nanoTime()).as("taken over in time").isLessThan(end);
            Thread.sleep(50);
        }
    }

    @Test
    void a_name_is_taken_once_when_several_nodes_want_it_at_the_same_time() throws Exception {
        PostgresSettings database = PrivatePostgres.shared().database();
        List<DistributedEngine> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            nodes.add(open(few(database)));
        }
        try {
            for (int round = 0; round < 30; round++) {
                String name = "name-" + round;
                List<Outcome> outcomes = java.util.Collections.synchronizedList(new ArrayList<>());
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < nodes.size(); i++) {
                    int number = i;
                    threads.add(Thread.ofPlatform()
                            .start(() -> outcomes.addAll(
                                    nodes.get(number).journal().commit(List.of(naming(number, name))))));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                assertThat(outcomes).hasSize(4);
                assertThat(outcomes.stream().filter(Outcome.Appended.class::isInstance))
                        .hasSize(1);
                assertThat(outcomes.stream().filter(Outcome.ClaimTaken.class::isInstance))
                        .hasSize(3);
            }
        } finally {
            nodes.forEach(DistributedEngine::close);
        }
    }

    private static Write.Append naming(int number, String name) {
        StreamId stream = new StreamId("load", name + "-" + number);
        return new Write.Append(
                PartitionId.of("load", stream),
                0,
                stream,
                0,
                java.util.UUID.randomUUID(),
                "trace",
                "writer",
                Instant.EPOCH,
                List.of(new Write.NewEvent("load.done", 1, "{}".getBytes(UTF_8))),
                List.of(new Claim("load.name", name, true, Refusal.of(Refusal.Kind.CONFLICT, "load.taken", "Taken."))),
                List.of());
    }

    @Test
    void a_server_that_cannot_be_used_is_told_in_a_sentence_without_the_password() {
        PostgresSettings database = PrivatePostgres.shared().database();
        assertThatThrownBy(() -> open(PostgresSettings.of("127.0.0.1", 1, "leat", "leat", "secret-1")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("secret-1");
        assertThatThrownBy(() ->
                        open(PostgresSettings.of("127.0.0.1", database.port(), database.database(), "leat", "wrong-2")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("refuses this user or password")
                .hasMessageNotContaining("wrong-2");
        assertThatThrownBy(() -> open(PostgresSettings.of("127.0.0.1", database.port(), "nowhere", "leat", "private")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no such database");
    }
}
