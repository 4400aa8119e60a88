package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import leat.engine.distributed.S3Failure.Reason;
import leat.kernel.port.Blobs.Blob;
import leat.kernel.test.Seed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What blobs in S3 do beyond the contract: parts, damage, and an S3 that is away or says no. */
class S3BlobsTest {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static PrivateS3 server;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path scratch;

    @BeforeAll
    static void startServer() throws Exception {
        server = new PrivateS3();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] get(S3Blobs blobs, String hash) throws IOException {
        try (InputStream blob = blobs.open(hash).orElseThrow()) {
            return blob.readAllBytes();
        }
    }

    @Test
    void a_blob_of_several_parts_comes_back_whole() throws Exception {
        for (int size : new int[] {S3Blobs.PART_BYTES, S3Blobs.PART_BYTES + 1}) {
            byte[] bytes = random(size, size);
            try (S3Store store = new S3Store(server.settings("parts/"))) {
                S3Blobs blobs = new S3Blobs(store, scratch);
                assertThat(blobs.put(new ByteArrayInputStream(bytes))).isEqualTo(new Blob(hash(bytes), size));
                assertThat(blobs.find(hash(bytes))).contains(new Blob(hash(bytes), size));
                assertThat(get(blobs, hash(bytes))).isEqualTo(bytes);
            }
        }
    }

    @Test
    void what_is_there_already_is_not_sent_again() throws Exception {
        try (S3Store store = new S3Store(server.settings("again/"))) {
            S3Blobs blobs = new S3Blobs(store, scratch);
            blobs.put(new ByteArrayInputStream(random(1, 1_000)));
            blobs.put(new ByteArrayInputStream(random(1, 1_000)));
            assertThat(blobs.status().sent()).isEqualTo(1_000);
        }
    }

    @Test
    void no_scratch_file_is_left() throws Exception {
        Files.createFile(scratch.resolve("blob-of-a-process-that-died"));
        try (S3Store store = new S3Store(server.settings("scratch/"))) {
            S3Blobs blobs = new S3Blobs(store, scratch);
            blobs.put(new ByteArrayInputStream(random(2, 100_000)));
            InputStream broken = InputStream.nullInputStream();
            broken.close();
            assertThatThrownBy(() -> blobs.put(broken)).hasMessage("Stream closed");
        }
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void a_damaged_blob_ends_in_an_error() throws Exception {
        try (S3Store store = new S3Store(server.settings("damaged/"))) {
            S3Blobs blobs = new S3Blobs(store, scratch);
            String hash = blobs.put(new ByteArrayInputStream("the truth".getBytes(UTF_8)))
                    .hash();
            Files.writeString(server.file("damaged/blobs/" + hash), "the truth?".substring(1));
            assertThatThrownBy(() -> get(blobs, hash))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void what_is_changed_on_the_way_is_refused() throws Exception {
        try (S3Store store = new S3Store(server.settings("changed/"))) {
            assertThatThrownBy(() -> store.call(s3 -> s3.putObject(
                            put -> put.bucket(store.bucket())
                                    .key("changed/x")
                                    .checksumSHA256("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
                            software.amazon.awssdk.core.sync.RequestBody.fromString("not nothing"))))
                    .isInstanceOf(S3Failure.class);
            assertThat(store.find("changed/x")).isEmpty();
        }
    }

    @Test
    void a_network_that_breaks_costs_only_time() throws Exception {
        Seed.replayable(random -> {
            try (FaultyProxy proxy = new FaultyProxy(server.port(), random.nextLong());
                    S3Store store = new S3Store(PrivateS3.settings(proxy.port(), "network/"))) {
                S3Blobs blobs = new S3Blobs(store, scratch);
                List<String> hashes = new ArrayList<>();
                while (proxy.cuts() < 5) {
                    byte[] bytes = random(random.nextLong(), 1 + random.nextInt(3_000_000));
                    String hash = hash(bytes);
                    try {
                        blobs.put(new ByteArrayInputStream(bytes));
                        hashes.add(hash);
                        assertThat(get(blobs, hash)).isEqualTo(bytes);
                    } catch (S3Failure e) {
                        // Too many cuts in a row: it is not there, or whole.
                        assertThat(e.reason()).isIn(Reason.AWAY, Reason.REFUSED);
                    }
                }
                proxy.behave();
                assertThat(hashes).isNotEmpty();
                for (String hash : hashes) {
                    assertThat(hash(get(blobs, hash))).isEqualTo(hash);
                }
            }
        });
    }

    @Test
    void an_s3_that_is_away_is_a_plain_sentence_and_comes_back() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (S3Store store = new S3Store(PrivateS3.settings(port, "away/"))) {
            S3Blobs blobs = new S3Blobs(store, scratch);
            assertThatThrownBy(() -> blobs.put(new ByteArrayInputStream(new byte[10])))
                    .isInstanceOfSatisfying(
                            S3Failure.class, e -> assertThat(e.reason()).isEqualTo(Reason.AWAY))
                    .hasMessage("S3 is away: bucket leat at http://127.0.0.1:" + port + " cannot be reached");
            assertThat(store.status().reachable()).isFalse();
            assertThat(store.part().well()).isFalse();
            assertThat(store.status().failures()).isEqualTo(1);
            assertThat(scratch).isEmptyDirectory();
        }
        try (PrivateS3 own = new PrivateS3();
                S3Store store = new S3Store(own.settings(""))) {
            S3Blobs blobs = new S3Blobs(store, scratch);
            String hash = blobs.put(new ByteArrayInputStream(new byte[10])).hash();
            own.kill();
            assertThatThrownBy(() -> blobs.find(hash)).isInstanceOf(S3Failure.class);
            own.start();
            assertThat(get(blobs, hash)).isEqualTo(new byte[10]);
            assertThat(store.status().reachable()).isTrue();
        }
    }

    @Test
    void wrong_keys_are_told_without_the_secret() throws Exception {
        S3Settings wrong = S3Settings.at(
                PrivateS3.address(server.port()), PrivateS3.BUCKET, PrivateS3.ACCESS_KEY, "not-the-secret");
        assertThat(wrong.toString()).doesNotContain("not-the-secret");
        try (S3Store store = new S3Store(wrong)) {
            S3Blobs blobs = new S3Blobs(store, scratch);
            assertThatThrownBy(() -> blobs.put(new ByteArrayInputStream(new byte[10])))
                    .isInstanceOfSatisfying(
                            S3Failure.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEYS))
                    .hasMessage("S3 refuses the keys for bucket leat at http://127.0.0.1:" + server.port()
                            + "; check the access key, its secret and its rights")
                    .hasNoCause();
        }
    }

    @Test
    void a_bucket_that_is_missing_is_told_and_not_taken_for_an_empty_one() throws Exception {
        S3Settings elsewhere =
                S3Settings.at(PrivateS3.address(server.port()), "nowhere", PrivateS3.ACCESS_KEY, PrivateS3.SECRET_KEY);
        try (S3Store store = new S3Store(elsewhere)) {
            S3Blobs blobs = new S3Blobs(store, scratch);
            String sentence = "S3 has no bucket nowhere at http://127.0.0.1:" + server.port()
                    + "; create the bucket or mend its name";
            assertThatThrownBy(() -> blobs.put(new ByteArrayInputStream(new byte[10])))
                    .isInstanceOfSatisfying(
                            S3Failure.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUCKET))
                    .hasMessage(sentence);
            assertThatThrownBy(() -> blobs.find(hash(new byte[1]))).hasMessage(sentence);
            assertThatThrownBy(() -> blobs.open(hash(new byte[1]))).hasMessage(sentence);
            assertThatThrownBy(() -> blobs.each(blob -> {})).hasMessage(sentence);
        }
    }
}
