package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import leat.kernel.port.Logs;
import org.junit.jupiter.api.Test;

/** What a log store promises: bytes in order by offset, read while written, followed without a gap until sealed. */
public abstract class LogsContract extends EngineContract {
    private static final String LOG = "builds/01J0/3";

    protected LogsContract() {}

    private long append(String text) throws IOException {
        return engine.logs().append(LOG, text.getBytes(UTF_8));
    }

    private String read(long offset, int limit) throws IOException {
        return new String(engine.logs().read(LOG, offset, limit), UTF_8);
    }

    @Test
    public void what_was_appended_is_read_by_offset() throws Exception {
        assertThat(append("hello ")).isEqualTo(6);
        assertThat(append("world")).isEqualTo(11);
        assertThat(read(0, 100)).isEqualTo("hello world");
        assertThat(read(4, 4)).isEqualTo("o wo");
        assertThat(read(11, 10)).isEmpty();
        assertThat(read(99, 10)).isEmpty();
        assertThat(engine.logs().size(LOG)).isEqualTo(11);
    }

    @Test
    public void a_log_that_never_was_is_empty() throws Exception {
        assertThat(engine.logs().size(LOG)).isZero();
        assertThat(read(0, 10)).isEmpty();
        assertThat(engine.logs().sealed(LOG)).isFalse();
        engine.logs().sync(LOG);
        engine.logs().remove(LOG);
    }

    @Test
    public void a_log_goes_on_after_reopening() throws Exception {
        append("hello ");
        engine.logs().sync(LOG);
        reopen();
        assertThat(append("world")).isEqualTo(11);
        assertThat(read(0, 100)).isEqualTo("hello world");
        engine.logs().seal(LOG);
        reopen();
        assertThat(engine.logs().sealed(LOG)).isTrue();
        assertThat(read(6, 100)).isEqualTo("world");
    }

    @Test
    public void every_log_is_told_once() throws Exception {
        engine.logs().append("builds/1", new byte[] {1});
        engine.logs().append("builds/1/step", new byte[] {1});
        engine.logs().seal("empty");
        engine.logs().append("gone", new byte[] {1});
        engine.logs().remove("gone");
        reopen();
        List<String> told = new ArrayList<>();
        engine.logs().each(told::add);
        assertThat(told).containsExactlyInAnyOrder("builds/1", "builds/1/step", "empty");
    }

    @Test
    public void a_sealed_log_takes_no_more() throws Exception {
        append("all");
        engine.logs().seal(LOG);
        assertThatThrownBy(() -> append("more")).isInstanceOf(IOException.class).hasMessageContaining("sealed");
        assertThat(read(0, 10)).isEqualTo("all");
        engine.logs().seal(LOG);
    }

    @Test
    public void logs_do_not_meet_even_when_one_name_begins_another() throws Exception {
        engine.logs().append("builds", "one".getBytes(UTF_8));
        engine.logs().append("builds/1", "two".getBytes(UTF_8));
        engine.logs().append("builds/1/2", "three".getBytes(UTF_8));
        engine.logs().remove("builds/1");
        assertThat(engine.logs().read("builds", 0, 10)).asString(UTF_8).isEqualTo("one");
        assertThat(engine.logs().size("builds/1")).isZero();
        assertThat(engine.logs().read("builds/1/2", 0, 10)).asString(UTF_8).isEqualTo("three");
    }

    @Test
    public void a_bad_name_is_refused() {
        for (String name :
                List.of("", "/", "a//b", "../x", "a/../b", "a/.b", "a/", "/a", "a b", "a\\b", "ä", "x".repeat(201))) {
            assertThatThrownBy(() -> engine.logs().append(name, new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.logs().size(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.logs().remove(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void one_append_has_a_limit() throws Exception {
        assertThatThrownBy(() -> engine.logs().append(LOG, new byte[Logs.MAX_APPEND + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(engine.logs().append(LOG, new byte[Logs.MAX_APPEND])).isEqualTo(Logs.MAX_APPEND);
    }

    @Test
    public void a_long_log_is_read_across_all_its_parts() throws Exception {
        Seed.replayable(random -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            while (all.size() < 20_000_000) {
                byte[] piece = new byte[1 + random.nextInt(Logs.MAX_APPEND)];
                random.nextBytes(piece);
                all.writeBytes(piece);
                assertThat(engine.logs().append(LOG, piece)).isEqualTo(all.size());
            }
            engine.logs().sync(LOG);
            reopen();
            byte[] expected = all.toByteArray();
            for (int i = 0; i < 50; i++) {
                int from = random.nextInt(expected.length);
                int limit = random.nextInt(4_000_000);
                byte[] read = engine.logs().read(LOG, from, limit);
                assertThat(read)
                        .isEqualTo(
                                java.util.Arrays.copyOfRange(expected, from, Math.min(from + limit, expected.length)));
            }
        });
    }

    @Test
    public void a_follower_gets_everything_from_its_offset_until_the_seal() throws Exception {
        append("abcdef");
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (var following = follow(2, got, ended)) {
            assertThat(following).isNotNull();
            StringBuilder more = new StringBuilder("cdef");
            for (int i = 0; i < 200; i++) {
                append("line " + i + "\n");
                more.append("line ").append(i).append('\n');
            }
            engine.logs().seal(LOG);
            assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(more.toString());
        }
    }

    private AutoCloseable follow(long offset, ByteArrayOutputStream got, CompletableFuture<String> ended)
            throws IOException {
        return engine.logs()
                .follow(
                        LOG,
                        offset,
                        piece -> {
                            if (piece.offset() != offset + got.size()) {
                                ended.completeExceptionally(new AssertionError("a gap before " + piece.offset()));
                            }
                            got.writeBytes(piece.bytes());
                        },
                        () -> ended.complete(got.toString(UTF_8)));
    }

    @Test
    public void a_follower_waits_for_a_log_that_is_not_there_yet() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (var following = follow(0, new ByteArrayOutputStream(), ended)) {
            assertThat(following).isNotNull();
            append("first");
            engine.logs().seal(LOG);
            assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("first");
        }
    }

    @Test
    public void a_follower_of_a_sealed_log_gets_it_all_and_ends() throws Exception {
        append("all of it");
        engine.logs().seal(LOG);
        reopen();
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (var following = follow(0, new ByteArrayOutputStream(), ended)) {
            assertThat(following).isNotNull();
            assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("all of it");
        }
    }

    @Test
    public void a_follower_of_a_removed_log_ends() throws Exception {
        append("x");
        CompletableFuture<String> ended = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (var following = engine.logs().follow(LOG, 0, piece -> begun.countDown(), () -> ended.complete("ended"))) {
            assertThat(following).isNotNull();
            assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            engine.logs().remove(LOG);
            assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("ended");
        }
    }

    @Test
    public void a_slow_follower_slows_neither_the_writer_nor_another() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> slowEnded = new CompletableFuture<>();
        CompletableFuture<String> quickEnded = new CompletableFuture<>();
        ByteArrayOutputStream slow = new ByteArrayOutputStream();
        try (var stuck = engine.logs()
                        .follow(
                                LOG,
                                0,
                                piece -> {
                                    await(release);
                                    slow.writeBytes(piece.bytes());
                                },
                                () -> slowEnded.complete(slow.toString(UTF_8)));
                var quick = follow(0, new ByteArrayOutputStream(), quickEnded)) {
            assertThat(stuck).isNotNull();
            assertThat(quick).isNotNull();
            append("one ");
            append("two");
            engine.logs().seal(LOG);
            assertThat(quickEnded.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("one two");
            assertThat(slowEnded).isNotDone();
            release.countDown();
            assertThat(slowEnded.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("one two");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    public void a_closed_follower_hears_no_more() throws Exception {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        CountDownLatch begun = new CountDownLatch(1);
        append("one");
        AutoCloseable following = engine.logs()
                .follow(
                        LOG,
                        0,
                        piece -> {
                            got.writeBytes(piece.bytes());
                            begun.countDown();
                        },
                        () -> got.writeBytes("ended".getBytes(UTF_8)));
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        following.close();
        append("two");
        engine.logs().seal(LOG);
        assertThat(got.toString(UTF_8)).isEqualTo("one");
    }
}
