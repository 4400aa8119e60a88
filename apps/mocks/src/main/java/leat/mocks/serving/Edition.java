package leat.mocks.serving;

import leat.mocks.matching.CompiledMock;
import org.jspecify.annotations.Nullable;

/**
 * One published revision at a serving node; a request takes hold of it once and is answered by it whole.
 *
 * <p>Its routes may be compiled or not: what has not been asked for in a long time gives its memory back.
 */
final class Edition {
    final int revision;
    final String artefact;
    private volatile @Nullable CompiledMock compiled;
    private volatile long bytes;

    Edition(int revision, String artefact) {
        this.revision = revision;
        this.artefact = artefact;
    }

    /** Null when it must be loaded first. */
    @Nullable
    CompiledMock compiled() {
        return compiled;
    }

    /** @param artefactBytes what it weighs against {@link Editions#MAX_BYTES} */
    void loaded(CompiledMock mock, long artefactBytes) {
        bytes = artefactBytes;
        compiled = mock;
    }

    void unload() {
        compiled = null;
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }
}
