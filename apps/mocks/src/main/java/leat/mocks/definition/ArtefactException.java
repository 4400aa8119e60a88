package leat.mocks.definition;

/** Bytes that are no artefact, or one of a format that this version does not know. */
public final class ArtefactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArtefactException(String message) {
        super(message);
    }

    ArtefactException(String message, Throwable cause) {
        super(message, cause);
    }
}
