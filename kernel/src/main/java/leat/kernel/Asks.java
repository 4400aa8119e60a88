package leat.kernel;

/** Puts a question to the module that serves it. */
public interface Asks {
    /**
     * @throws RefusedException when the module says no
     * @throws OverloadedException when it is too busy
     * @throws UnservedException when no module of this installation serves such questions
     */
    <R> R ask(Ask<R> question);
}
