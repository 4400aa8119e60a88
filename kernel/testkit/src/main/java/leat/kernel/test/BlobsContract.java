package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import leat.kernel.port.Blobs;
import org.junit.jupiter.api.Test;

/** What a blob store promises: bytes under their hash, whole or not at all. */
public abstract class BlobsContract extends EngineContract {
    /** SHA-256 of no bytes. */
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    protected BlobsContract() {}

    private Blobs.Blob put(byte[] bytes) throws IOException {
        return engine.blobs().put(new ByteArrayInputStream(bytes));
    }

    private byte[] get(String hash) throws IOException {
        try (InputStream blob = engine.blobs().open(hash).orElseThrow()) {
            return blob.readAllBytes();
        }
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    public void bytes_come_back_under_their_hash() throws Exception {
        byte[] bytes = "a small note".getBytes(UTF_8);
        Blobs.Blob blob = put(bytes);
        assertThat(blob).isEqualTo(new Blobs.Blob(hash(bytes), bytes.length));
        reopen();
        assertThat(get(blob.hash())).isEqualTo(bytes);
        assertThat(engine.blobs().find(blob.hash())).contains(blob);
    }

    @Test
    public void no_bytes_are_a_blob_too() throws Exception {
        assertThat(put(new byte[0])).isEqualTo(new Blobs.Blob(EMPTY, 0));
        assertThat(get(EMPTY)).isEmpty();
    }

    @Test
    public void many_bytes_come_back_whole() throws Exception {
        Seed.replayable(random -> {
            byte[] bytes = new byte[3_000_000 + random.nextInt(1_000_000)];
            random.nextBytes(bytes);
            assertThat(get(put(bytes).hash())).isEqualTo(bytes);
        });
    }

    @Test
    public void the_same_bytes_are_stored_once_by_any_number_of_threads() throws Exception {
        byte[] bytes = "the same".repeat(10_000).getBytes(UTF_8);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts = java.util.stream.IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> put(bytes)))
                    .toList();
            for (var blob : puts) {
                assertThat(blob.get(PATIENCE_SECONDS, TimeUnit.SECONDS).hash()).isEqualTo(hash(bytes));
            }
        }
        assertThat(get(hash(bytes))).isEqualTo(bytes);
        engine.blobs().remove(hash(bytes));
        assertThat(engine.blobs().find(hash(bytes))).isEmpty();
    }

    @Test
    public void a_source_that_breaks_leaves_nothing() throws Exception {
        byte[] half = new byte[100_000];
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(half), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the sender hung up");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("the sender hung up");
            }
        });
        assertThatThrownBy(() -> engine.blobs().put(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("the sender hung up");
        assertThat(engine.blobs().find(hash(half))).isEmpty();
    }

    @Test
    public void what_is_not_there_is_not_found() throws Exception {
        for (String hash : List.of(EMPTY, "", "abc", "../../../etc/passwd", EMPTY.toUpperCase(java.util.Locale.ROOT))) {
            assertThat(engine.blobs().open(hash)).isEqualTo(Optional.empty());
            assertThat(engine.blobs().find(hash)).isEqualTo(Optional.empty());
            engine.blobs().remove(hash);
        }
    }

    @Test
    public void every_blob_is_told_once() throws Exception {
        Blobs.Blob one = engine.blobs().put(new ByteArrayInputStream(new byte[] {1}));
        Blobs.Blob two = engine.blobs().put(new ByteArrayInputStream(new byte[] {1, 2}));
        engine.blobs()
                .remove(engine.blobs()
                        .put(new ByteArrayInputStream(new byte[] {3}))
                        .hash());
        reopen();
        List<Blobs.Blob> told = new ArrayList<>();
        engine.blobs().each(told::add);
        assertThat(told).containsExactlyInAnyOrder(one, two);
    }

    @Test
    public void a_removed_blob_is_gone_and_can_be_put_again() throws Exception {
        byte[] bytes = "gone".getBytes(UTF_8);
        String hash = put(bytes).hash();
        engine.blobs().remove(hash);
        assertThat(engine.blobs().open(hash)).isEmpty();
        put(bytes);
        assertThat(get(hash)).isEqualTo(bytes);
    }
}
