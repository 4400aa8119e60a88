package leat.cli;

/** How a command ended, as scripts see it; stable. */
public enum ExitCode {
    OK(0),
    /** The server refused, or failed. */
    REFUSED(1),
    /** The command was not written as it should be. */
    USAGE(2),
    /** Nobody is signed in, or the token is not good any more. */
    NOT_SIGNED_IN(3),
    /** No server answered at the address. */
    UNREACHABLE(4),
    /** The present state forbids it, or it changed since it was read. */
    CONFLICT(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The code for a problem's HTTP status. */
    static ExitCode ofStatus(int status) {
        return switch (status) {
            case 401 -> NOT_SIGNED_IN;
            case 409, 412 -> CONFLICT;
            default -> REFUSED;
        };
    }
}
