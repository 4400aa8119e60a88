package leat.kernel;

/** Says that a question is one that no module of this installation answers. */
public final class UnservedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** @param question the class of the question, by its simple name */
    public UnservedException(String question) {
        super("no hosted module serves " + question);
    }
}
