package leat.mocks.serving;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import leat.kernel.port.Blobs;
import leat.mocks.definition.Artefact;
import leat.mocks.definition.ArtefactException;
import leat.mocks.matching.CompiledMock;

/**
 * Loads artefacts from the blob store and keeps what they become within bounds: beyond {@link #MAX_LOADED} mocks or
 * {@link #MAX_BYTES}, those that were asked longest ago are unloaded, and loaded again by their next request.
 */
final class Editions {
    /** Mocks whose routes are in memory. */
    static final int MAX_LOADED = 2_000;

    /** Bytes of the artefacts of all those together. */
    static final long MAX_BYTES = 256L << 20;

    private final Blobs blobs;
    private final int maxLoaded;
    private final long maxBytes;

    Editions(Blobs blobs) {
        this(blobs, MAX_LOADED, MAX_BYTES);
    }

    Editions(Blobs blobs, int maxLoaded, long maxBytes) {
        this.blobs = blobs;
        this.maxLoaded = maxLoaded;
        this.maxBytes = maxBytes;
    }

    /**
     * Loads an edition, if it is not; returns its routes.
     *
     * @throws IOException when the blob store fails or does not have the artefact, or the artefact is damaged
     */
    CompiledMock load(Edition edition) throws IOException {
        CompiledMock known = edition.compiled();
        if (known != null) {
            return known;
        }
        Optional<InputStream> stored = blobs.open(edition.artefact);
        if (stored.isEmpty()) {
            throw new IOException("the artefact " + edition.artefact + " is not in the blob store");
        }
        try (InputStream in = stored.get()) {
            byte[] bytes = in.readAllBytes();
            CompiledMock compiled = CompiledMock.compile(Artefact.read(bytes), TemplateBodies.LIVE);
            edition.loaded(compiled, bytes.length);
            return compiled;
        } catch (ArtefactException e) {
            throw new IOException("the artefact " + edition.artefact + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Unloads what is beyond the bounds. */
    void trim(ServingTable table) {
        List<Served> loaded = table.all().stream()
                .filter(served -> served.edition().compiled() != null)
                .sorted(Comparator.comparingLong(Served::usedAt).reversed())
                .toList();
        long bytes = 0;
        int count = 0;
        for (Served served : loaded) {
            bytes += served.edition().bytes();
            if (++count > maxLoaded || bytes > maxBytes) {
                served.edition().unload();
            }
        }
    }

    /** Whether another one may be loaded without being asked for. */
    boolean hasRoom(ServingTable table) {
        long bytes = 0;
        int count = 0;
        for (Served served : table.all()) {
            if (served.edition().compiled() != null) {
                count++;
                bytes += served.edition().bytes();
            }
        }
        return count < maxLoaded && bytes < maxBytes;
    }
}
