package leat.platform;

/** Why Leat cannot start: one sentence for the person at the terminal, who is shown no stack trace. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The configuration is wrong. */
    static final int MISCONFIGURED = 2;

    /** Everything was right, but this machine does not allow it: a port in use, a folder that is locked or full. */
    static final int IMPOSSIBLE = 1;

    private final int exitCode;

    private StartFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    static StartFailure misconfigured(String sentence) {
        return new StartFailure(MISCONFIGURED, sentence);
    }

    static StartFailure impossible(String sentence) {
        return new StartFailure(IMPOSSIBLE, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
