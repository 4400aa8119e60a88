package leat.kernel;

/** Says that a task will never succeed as it is: it is parked at once, with this message, until a person resumes or drops it. */
public final class HopelessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public HopelessException(String message) {
        super(message);
    }
}
