package leat.engine.distributed;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects that keep one log in S3: segments named for the offset at which they begin, and a mark when it is sealed.
 * The names are the index.
 *
 * <p>An {@code @} sets them apart from the objects of longer names, because no name of a log has one.
 */
final class S3LogObjects {
    private static final Pattern SEGMENT = Pattern.compile("@\\d{16}");
    private static final String SEALED = "@sealed";
    private static final String WRITER = "leat-writer";
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Store store;
    private final String log;
    private final String folder;

    S3LogObjects(S3Store store, String log) {
        this.store = store;
        this.log = log;
        this.folder = store.key("logs/" + log + "/");
    }

    /**
     * What is in S3 of a log.
     *
     * @param segments begin to size in bytes, without a gap
     */
    record Listing(NavigableMap<Long, Long> segments, boolean sealed) {
        long size() {
            Map.Entry<Long, Long> last = segments.lastEntry();
            return last == null ? 0 : last.getKey() + last.getValue();
        }
    }

    /** Tells the name of every log of a store; each once, since the objects of one follow each other. */
    static void each(S3Store store, Consumer<String> listener) throws IOException {
        String shelf = store.key("logs/");
        String[] last = {""};
        store.list(shelf, object -> {
            String key = object.key();
            int end = key.lastIndexOf("/@");
            if (end > shelf.length()) {
                String name = key.substring(shelf.length(), end);
                if (!name.equals(last[0])) {
                    last[0] = name;
                    listener.accept(name);
                }
            }
        });
    }

    /** A listing of many pages is not of one moment, so one with a gap is made again before the log counts as damaged. */
    Listing list() throws IOException {
        IOException damaged = new IOException();
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                return listOnce();
            } catch (Damaged e) {
                damaged = e;
            }
        }
        throw damaged;
    }

    private static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(String message) {
            super(message);
        }
    }

    private Listing listOnce() throws IOException {
        NavigableMap<Long, Long> segments = new TreeMap<>();
        boolean[] sealed = {false};
        store.list(folder + "@", object -> {
            String name = object.key().substring(folder.length());
            if (name.equals(SEALED)) {
                sealed[0] = true;
            } else if (SEGMENT.matcher(name).matches()) {
                // Some servers list what is still being written, under a longer name.
                add(segments, Long.parseLong(name.substring(1)), object.size());
            }
        });
        return new Listing(segments, sealed[0]);
    }

    /** Where segments overlap, the later counts: a writer that was thought dead may have gone on with the one before. */
    private void add(NavigableMap<Long, Long> segments, long start, long size) throws Damaged {
        Map.Entry<Long, Long> last = segments.lastEntry();
        long end = last == null ? 0 : last.getKey() + last.getValue();
        if (start > end) {
            throw new Damaged("log " + log + " is damaged in " + store + ": one segment ends at " + end
                    + " and the next begins at " + start);
        }
        if (last != null && start < end) {
            segments.put(last.getKey(), start - last.getKey());
        }
        segments.put(start, size);
    }

    private String segment(long start) {
        return folder + "@%016d".formatted(start);
    }

    /**
     * Stores a segment, or a longer one in its place.
     *
     * @param begun whether this writer has stored it before; else it must not be there, unless this writer's own try, whose
     *     answer was lost, has left it
     * @throws IOException also when another writer has begun a segment there
     */
    void put(long start, byte[] bytes, boolean begun, String writer) throws IOException {
        String key = segment(start);
        String sum = Base64.getEncoder().encodeToString(S3Blobs.sha256().digest(bytes));
        boolean there = !begun
                && store.call(s3 -> {
                    try {
                        var ignored = s3.putObject(
                                put -> put.bucket(store.bucket())
                                        .key(key)
                                        .checksumSHA256(sum)
                                        .metadata(Map.of(WRITER, writer))
                                        .ifNoneMatch("*"),
                                RequestBody.fromBytes(bytes));
                        return false;
                    } catch (S3Exception e) {
                        if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == NOT_IMPLEMENTED) {
                            return true;
                        }
                        throw e;
                    }
                });
        if (there) {
            Optional<String> other = store.find(key).map(head -> head.metadata().getOrDefault(WRITER, ""));
            if (!other.orElse(writer).equals(writer)) {
                throw new IOException("log " + log + " is written by another process too, from byte " + start
                        + " on; a log has one writer");
            }
        }
        if (begun || there) {
            var ignored = store.call(s3 -> s3.putObject(
                    put -> put.bucket(store.bucket())
                            .key(key)
                            .checksumSHA256(sum)
                            .metadata(Map.of(WRITER, writer)),
                    RequestBody.fromBytes(bytes)));
        }
    }

    /** Some bytes of a segment, or none when it is not there any more. */
    Optional<byte[]> get(long start, long from, long length) throws IOException {
        return store.call(s3 -> {
            try {
                return Optional.of(s3.getObjectAsBytes(get -> get.bucket(store.bucket())
                                .key(segment(start))
                                .range("bytes=" + from + "-" + (from + length - 1)))
                        .asByteArrayUnsafe());
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    void seal() throws IOException {
        var ignored = store.call(s3 -> s3.putObject(
                put -> put.bucket(store.bucket()).key(folder + SEALED), RequestBody.fromBytes(new byte[0])));
    }

    /** From its end on, so that a removal that is broken off leaves a log, if a shorter one. */
    void remove() throws IOException {
        Listing there = list();
        if (there.sealed()) {
            store.delete(folder + SEALED);
        }
        for (long start : there.segments().descendingKeySet()) {
            store.delete(segment(start));
        }
    }
}
