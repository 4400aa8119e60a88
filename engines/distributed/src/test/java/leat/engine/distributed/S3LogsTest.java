package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import leat.engine.distributed.S3Failure.Reason;
import leat.kernel.port.Bus;
import leat.kernel.port.LocalBus;
import leat.kernel.test.Seed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What logs in S3 do beyond the contract: other nodes, an S3 or a bus that is away, a writer that dies, two writers. */
@Timeout(60)
class S3LogsTest {
    private static final String LOG = "builds/7.1/2";
    private static final int PATIENCE_SECONDS = 30;
    private static final AtomicInteger TESTS = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static PrivateS3 server;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static PrivateNats nats;

    private final String prefix = "logs " + TESTS.incrementAndGet() + "/";

    @BeforeAll
    static void startServers() throws Exception {
        server = new PrivateS3();
        nats = new PrivateNats();
    }

    @AfterAll
    static void stopServers() throws Exception {
        server.close();
        nats.close();
    }

    /** As much of a process as logs need. */
    private record Node(S3Store store, Bus bus, S3Logs logs) implements AutoCloseable {
        static Node of(S3Settings settings, Bus bus) {
            S3Store store = new S3Store(settings);
            return new Node(store, bus, new S3Logs(store, bus));
        }

        long append(String text) throws IOException {
            return logs.append(LOG, text.getBytes(UTF_8));
        }

        String read() throws IOException {
            return new String(logs.read(LOG, 0, 1 << 20), UTF_8);
        }

        @Override
        public void close() {
            logs.close();
            store.close();
            switch (bus) {
                case NatsBus joined -> joined.close();
                case LocalBus alone -> alone.close();
                default -> throw new IllegalStateException();
            }
        }
    }

    private Node joined() {
        return Node.of(server.settings(prefix), new NatsBus(NatsSettings.at(nats.address())));
    }

    private Node alone() {
        return Node.of(server.settings(prefix), new LocalBus());
    }

    /** What a follower has been told. */
    private static final class Heard implements AutoCloseable {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> all = new CompletableFuture<>();
        private final int wanted;
        private final CompletableFuture<String> enough = new CompletableFuture<>();
        private final AutoCloseable following;

        Heard(Node node, int wanted) throws IOException {
            this.wanted = wanted;
            this.following = node.logs()
                    .follow(
                            LOG,
                            0,
                            piece -> heard(piece.offset(), piece.bytes()),
                            () -> all.complete(bytes.toByteArray()));
        }

        private void heard(long offset, byte[] more) {
            if (offset != bytes.size()) {
                enough.completeExceptionally(new AssertionError("a gap before " + offset));
            }
            bytes.writeBytes(more);
            if (bytes.size() >= wanted) {
                enough.complete(bytes.toString(UTF_8));
            }
        }

        String enough() throws Exception {
            return enough.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        byte[] all() throws Exception {
            return all.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            try {
                following.close();
            } catch (Exception e) {
                throw new IllegalStateException("the following could not be closed", e);
            }
        }
    }

    private static List<String> objects(Node node, String key) throws IOException {
        List<String> keys = new ArrayList<>();
        node.store().list(key, object -> keys.add(object.key()));
        return keys;
    }

    private static void waitFor(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void what_is_not_in_s3_yet_is_read_from_the_node_that_writes_it() throws Exception {
        try (PrivateS3 own = new PrivateS3();
                Node writer = Node.of(own.settings(""), new NatsBus(NatsSettings.at(nats.address())));
                Node reader = Node.of(own.settings(""), new NatsBus(NatsSettings.at(nats.address())))) {
            writer.append("one ");
            own.kill();
            try (Heard heard = new Heard(reader, 7)) {
                writer.append("two");
                assertThat(heard.enough()).isEqualTo("one two");
                assertThat(reader.read()).isEqualTo("one two");
                assertThat(reader.logs().size(LOG)).isEqualTo(7);
                assertThat(reader.logs().sealed(LOG)).isFalse();
                assertThat(writer.logs().status().waiting()).isEqualTo(7);
            } finally {
                own.start();
            }
        }
    }

    @Test
    void a_follower_on_another_node_gets_every_byte_once_while_they_move_to_s3() throws Exception {
        Seed.replayable(random -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (Node writer = joined();
                    Node reader = joined();
                    Heard heard = new Heard(reader, 1)) {
                while (all.size() < 6_000_000) {
                    byte[] piece = new byte[1 + random.nextInt(100_000)];
                    random.nextBytes(piece);
                    all.writeBytes(piece);
                    writer.logs().append(LOG, piece);
                    if (random.nextInt(10) == 0) {
                        writer.logs().sync(LOG);
                    }
                }
                writer.logs().seal(LOG);
                assertThat(heard.all()).isEqualTo(all.toByteArray());
                assertThat(reader.logs().sealed(LOG)).isTrue();
                assertThat(reader.logs().size(LOG)).isEqualTo(all.size());
            }
        });
    }

    @Test
    void nodes_that_hear_nothing_of_each_other_find_it_in_s3() throws Exception {
        try (Node writer = alone();
                Node reader = alone();
                Heard heard = new Heard(reader, 5)) {
            writer.append("lines");
            assertThat(heard.enough()).isEqualTo("lines");
            assertThat(reader.logs().size(LOG)).isEqualTo(5);
            writer.logs().seal(LOG);
            assertThat(heard.all()).asString(UTF_8).isEqualTo("lines");
        }
    }

    @Test
    void a_log_removed_on_one_node_ends_for_followers_on_another() throws Exception {
        try (Node one = joined();
                Node other = joined();
                Heard heard = new Heard(other, 4)) {
            one.append("gone");
            one.logs().sync(LOG);
            heard.enough();
            one.logs().remove(LOG);
            assertThat(heard.all()).asString(UTF_8).isEqualTo("gone");
            assertThat(other.read()).isEmpty();
            one.append("new");
            // Until NATS knows that this node answers for the new one, others find nothing.
            waitFor(() -> !other.read().isEmpty());
            assertThat(other.read()).isEqualTo("new");
        }
    }

    @Test
    void a_log_that_grows_slowly_stays_in_few_objects() throws Exception {
        try (Node node = alone()) {
            for (int i = 0; i < 20; i++) {
                node.append("line\n");
                node.logs().sync(LOG);
            }
            assertThat(objects(node, prefix + "logs/")).hasSize(1);
            assertThat(node.logs().status().flushes()).isEqualTo(20);
            for (int i = 0; i < 5; i++) {
                node.logs().append(LOG, new byte[S3LogWriter.SEGMENT_BYTES]);
                node.logs().sync(LOG);
            }
            assertThat(objects(node, prefix + "logs/")).hasSize(5);
        }
    }

    @Test
    void nobody_has_to_sync_for_a_log_to_reach_s3() throws Exception {
        try (Node node = alone();
                Node reader = alone()) {
            node.append("in time");
            waitFor(() -> node.logs().status().waiting() == 0);
            assertThat(reader.read()).isEqualTo("in time");
        }
    }

    @Test
    void while_s3_is_away_a_bounded_part_waits_and_nothing_accepted_is_lost() throws Exception {
        byte[] mebibyte = new byte[1 << 20];
        new Random(3).nextBytes(mebibyte);
        try (PrivateS3 own = new PrivateS3();
                Node node = Node.of(own.settings(""), new LocalBus());
                Node reader = Node.of(own.settings(""), new LocalBus())) {
            node.append("begun");
            node.logs().sync(LOG);
            own.kill();
            int accepted = 0;
            while (accepted < 5) {
                try {
                    node.logs().append(LOG, mebibyte);
                    accepted++;
                } catch (S3Failure e) {
                    assertThat(e.reason()).isEqualTo(Reason.AWAY);
                    break;
                }
            }
            assertThat(accepted).isEqualTo(S3LogWriter.MAX_WAITING / mebibyte.length);
            assertThatThrownBy(() -> node.logs().seal(LOG)).isInstanceOf(S3Failure.class);
            assertThat(node.logs().read(LOG, 5, mebibyte.length)).isEqualTo(mebibyte);
            own.start();
            node.append("!");
            node.logs().seal(LOG);
            assertThat(reader.logs().size(LOG)).isEqualTo(5L + (long) accepted * mebibyte.length + 1);
            assertThat(reader.logs().read(LOG, 5 + 3L * mebibyte.length, mebibyte.length))
                    .isEqualTo(mebibyte);
        }
    }

    @Test
    void a_node_that_dies_loses_only_what_was_not_flushed_and_another_goes_on() throws Exception {
        FaultyProxy proxy = new FaultyProxy(server.port(), 1);
        proxy.behave();
        try (Node dying = Node.of(PrivateS3.settings(proxy.port(), prefix), new LocalBus())) {
            dying.append("kept ");
            dying.logs().sync(LOG);
            proxy.close();
            dying.append("lost");
            try (Node next = alone();
                    Node reader = alone()) {
                assertThat(next.read()).isEqualTo("kept ");
                next.append("and more");
                next.logs().seal(LOG);
                assertThat(reader.read()).isEqualTo("kept and more");
            }
        } finally {
            proxy.close();
        }
    }

    @Test
    void two_writers_of_one_log_do_not_overwrite_each_other() throws Exception {
        try (Node one = alone();
                Node other = alone();
                Node reader = alone()) {
            one.append("first");
            other.append("second");
            other.logs().sync(LOG);
            assertThatThrownBy(() -> one.logs().sync(LOG))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "log " + LOG + " is written by another process too, from byte 0 on; a log has one writer");
            assertThat(reader.read()).isEqualTo("second");
        }
    }

    @Test
    void a_writer_that_was_thought_dead_hides_nothing_of_who_went_on() throws Exception {
        try (Node late = alone();
                Node next = alone();
                Node reader = alone()) {
            late.append("one ");
            late.logs().sync(LOG);
            next.append("two");
            next.logs().sync(LOG);
            late.append("something else");
            late.logs().sync(LOG);
            assertThat(reader.read()).isEqualTo("one two");
            next.append(" three");
            next.logs().seal(LOG);
            assertThat(reader.read()).isEqualTo("one two three");
        }
    }

    @Test
    void a_log_with_a_gap_is_not_read_past_it() throws Exception {
        try (Node node = alone();
                Node reader = alone()) {
            for (int i = 0; i < 3; i++) {
                node.logs().append(LOG, new byte[S3LogWriter.SEGMENT_BYTES]);
                node.logs().sync(LOG);
            }
            node.store().delete(prefix + "logs/" + LOG + "/@%016d".formatted(S3LogWriter.SEGMENT_BYTES));
            assertThatThrownBy(() -> reader.logs().read(LOG, 0, 10))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is damaged");
        }
    }

    @Test
    void a_network_that_breaks_costs_only_time() throws Exception {
        Seed.replayable(random -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (FaultyProxy proxy = new FaultyProxy(server.port(), random.nextLong());
                    Node node = Node.of(PrivateS3.settings(proxy.port(), prefix), new LocalBus());
                    Node reader = alone()) {
                while (proxy.cuts() < 5) {
                    byte[] piece = new byte[1 + random.nextInt(300_000)];
                    random.nextBytes(piece);
                    try {
                        long size = node.logs().append(LOG, piece);
                        all.writeBytes(piece);
                        assertThat(size).isEqualTo(all.size());
                        if (random.nextInt(4) == 0) {
                            node.logs().sync(LOG);
                        }
                    } catch (S3Failure e) {
                        // Too many cuts in a row; what was accepted waits.
                        assertThat(e.reason()).isIn(Reason.AWAY, Reason.REFUSED);
                    }
                }
                proxy.behave();
                node.logs().seal(LOG);
                assertThat(reader.logs().read(LOG, 0, all.size())).isEqualTo(all.toByteArray());
            }
        });
    }
}
