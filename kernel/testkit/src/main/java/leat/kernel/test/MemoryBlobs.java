package leat.kernel.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import leat.kernel.port.Blobs;

/** Blobs as byte arrays; for tests only, so a blob must fit in memory. */
final class MemoryBlobs implements Blobs {
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public Blob put(InputStream source) throws IOException {
        byte[] bytes = source.readAllBytes();
        String hash = hash(bytes);
        blobs.put(hash, bytes);
        return new Blob(hash, bytes.length);
    }

    @Override
    public Optional<InputStream> open(String hash) {
        return Optional.ofNullable(blobs.get(hash)).map(ByteArrayInputStream::new);
    }

    @Override
    public Optional<Blob> find(String hash) {
        return Optional.ofNullable(blobs.get(hash)).map(bytes -> new Blob(hash, bytes.length));
    }

    @Override
    public void each(Consumer<Blob> listener) {
        blobs.forEach((hash, bytes) -> listener.accept(new Blob(hash, bytes.length)));
    }

    @Override
    public void remove(String hash) {
        blobs.remove(hash);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
