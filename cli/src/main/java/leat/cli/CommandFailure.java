package leat.cli;

import java.util.List;
import java.util.Map;

/**
 * Ends a command with an exit code and words for a person; never a stack trace.
 *
 * <p>Thrown by {@link Remote} for everything that can go wrong with a server, and by commands for their own reasons.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;
    private final String code;
    private final transient List<String> more;

    /**
     * @param code stable and dotted, for programs
     * @param message one sentence: what is wrong and what to do
     * @param more further lines, such as one for each wrong field; may be empty
     */
    public CommandFailure(ExitCode exitCode, String code, String message, List<String> more) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
        this.more = List.copyOf(more);
    }

    /** A mistake in how the command was called. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, "usage", message, List.of());
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** For a problem that a server sent: its code. */
    public String code() {
        return code;
    }

    List<String> more() {
        return more;
    }

    String sentence() {
        String message = getMessage();
        return message == null ? code : message;
    }

    Map<String, Object> asJson() {
        return Map.of("error", Map.of("code", code, "message", sentence(), "more", more));
    }
}
