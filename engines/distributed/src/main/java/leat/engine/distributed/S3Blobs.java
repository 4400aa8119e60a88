package leat.engine.distributed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import leat.kernel.port.Blobs;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Blobs in S3 under {@code blobs/<hash>}.
 *
 * <p>The name of a blob is known only at its end, so a source is first written to a scratch file while it is hashed;
 * this space is the cost of never showing half a blob and of sending again what broke. Above {@link #PART_BYTES} it is
 * sent in parts, which S3 shows only once all are there. What is sent carries its SHA-256 for S3 to check, and what is
 * read is compared with its name: a damaged blob ends in an {@link IOException} at its end.
 *
 * <p>Parts of a sending that broke off, and could not be taken back, stay hidden in the bucket until its rule for
 * unfinished uploads removes them.
 */
public final class S3Blobs implements Blobs {
    /** Size of a part, and of the largest blob that is sent as one: 8 MiB. */
    public static final int PART_BYTES = 8 << 20;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 64 << 10;
    private static final String SCRATCH = "blob-";

    private final S3Store store;
    private final Path scratch;
    private final String shelf;
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();

    /**
     * Asks nothing of S3 yet.
     *
     * @param scratch a folder of this process alone, with room for the blobs that are being put; made when there is none,
     *     and what an earlier process left unfinished in it is removed
     */
    public S3Blobs(S3Store store, Path scratch) throws IOException {
        this.store = store;
        this.scratch = scratch;
        this.shelf = store.key("blobs/");
        Files.createDirectories(scratch);
        try (var left = Files.newDirectoryStream(scratch, SCRATCH + "*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public Blob put(InputStream source) throws IOException {
        Path file = Files.createTempFile(scratch, SCRATCH, null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Blob blob = copy(source, channel);
            if (!find(blob.hash()).equals(Optional.of(blob))) {
                if (blob.size() <= PART_BYTES) {
                    putWhole(blob, channel);
                } else {
                    putParts(blob, channel);
                }
                sent.add(blob.size());
            }
            return blob;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Blob copy(InputStream source, FileChannel file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
            size += read;
            if (size > MAX_BYTES) {
                throw new IOException("a blob has at most " + MAX_BYTES + " bytes");
            }
            digest.update(buffer, 0, read);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
        return new Blob(HexFormat.of().formatHex(digest.digest()), size);
    }

    private void putWhole(Blob blob, FileChannel file) throws IOException {
        Slice slice = new Slice(file, 0, blob.size());
        String sum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(blob.hash()));
        var ignored = store.call(s3 -> s3.putObject(
                put -> put.bucket(store.bucket()).key(shelf + blob.hash()).checksumSHA256(sum), slice.body()));
    }

    private void putParts(Blob blob, FileChannel file) throws IOException {
        String key = shelf + blob.hash();
        String upload = store.call(s3 -> s3.createMultipartUpload(
                        create -> create.bucket(store.bucket()).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256)))
                .uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < blob.size(); from += PART_BYTES) {
                Slice slice = new Slice(file, from, Math.min(PART_BYTES, blob.size() - from));
                parts.add(putPart(key, upload, parts.size() + 1, slice));
            }
            complete(blob, upload, parts);
        } catch (IOException e) {
            abandon(key, upload, e);
            throw e;
        }
    }

    private CompletedPart putPart(String key, String upload, int number, Slice slice) throws IOException {
        String sum = slice.sum();
        String tag = store.call(s3 -> s3.uploadPart(
                        part -> part.bucket(store.bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumSHA256(sum),
                        slice.body()))
                .eTag();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(tag)
                .checksumSHA256(sum)
                .build();
    }

    private void complete(Blob blob, String upload, List<CompletedPart> parts) throws IOException {
        try {
            var ignored = store.call(s3 -> s3.completeMultipartUpload(all -> all.bucket(store.bucket())
                    .key(shelf + blob.hash())
                    .uploadId(upload)
                    .multipartUpload(list -> list.parts(parts))));
        } catch (S3Failure e) {
            // When only the answer was lost, the next try finds no upload any more, but the whole blob.
            if (e.reason() == S3Failure.Reason.AWAY || !find(blob.hash()).equals(Optional.of(blob))) {
                throw e;
            }
        }
    }

    private void abandon(String key, String upload, IOException because) {
        try {
            var ignored = store.call(s3 -> s3.abortMultipartUpload(
                    abort -> abort.bucket(store.bucket()).key(key).uploadId(upload)));
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public Optional<InputStream> open(String hash) throws IOException {
        if (!HASH.matcher(hash).matches()) {
            return Optional.empty();
        }
        return store.call(s3 -> {
            try {
                return Optional.of(new S3Content(
                        store,
                        shelf + hash,
                        hash,
                        s3.getObject(get -> get.bucket(store.bucket()).key(shelf + hash)),
                        received));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Optional<Blob> find(String hash) throws IOException {
        if (!HASH.matcher(hash).matches()) {
            return Optional.empty();
        }
        return store.find(shelf + hash).map(head -> new Blob(hash, head.contentLength()));
    }

    @Override
    public void each(Consumer<Blob> listener) throws IOException {
        store.list(shelf, object -> {
            String hash = object.key().substring(shelf.length());
            if (HASH.matcher(hash).matches()) {
                listener.accept(new Blob(hash, object.size()));
            }
        });
    }

    @Override
    public void remove(String hash) throws IOException {
        if (HASH.matcher(hash).matches()) {
            store.delete(shelf + hash);
        }
    }

    /** How much has moved, for metrics and the operations page. */
    public Status status() {
        return new Status(sent.sum(), received.sum());
    }

    /**
     * @param sent bytes of the blobs that were stored, not counting those that were there already
     * @param received bytes that were read
     */
    public record Status(long sent, long received) {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A stretch of the scratch file, which can be read any number of times. */
    private record Slice(FileChannel file, long from, long length) {
        RequestBody body() {
            return RequestBody.fromContentProvider(this::open, length, "application/octet-stream");
        }

        private InputStream open() {
            return new InputStream() {
                private long at = from;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int most) throws IOException {
                    int wanted = (int) Math.min(most, from + length - at);
                    if (wanted == 0) {
                        return most == 0 ? 0 : -1;
                    }
                    int read = file.read(ByteBuffer.wrap(into, offset, wanted), at);
                    at += Math.max(read, 0);
                    return read;
                }
            };
        }

        /** Its SHA-256 as S3 wants it. */
        String sum() throws IOException {
            MessageDigest digest = sha256();
            byte[] buffer = new byte[BUFFER_BYTES];
            try (InputStream in = open()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        }
    }
}
