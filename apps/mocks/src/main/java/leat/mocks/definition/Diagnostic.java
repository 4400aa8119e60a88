package leat.mocks.definition;

/**
 * One finding about a mock's file: what is wrong, where exactly, and what to do about it.
 *
 * @param code stable, one of {@link DiagnosticCode}
 * @param message what is so, as a sentence
 * @param advice what to do, as a sentence
 * @param line counts from 1, as do the others; columns are UTF-16 units and the end is exclusive
 */
public record Diagnostic(
        Severity severity,
        String code,
        String message,
        String advice,
        int line,
        int column,
        int endLine,
        int endColumn) {

    /** An error keeps the mock from being published; a warning and an info do not. */
    public enum Severity {
        ERROR,
        WARNING,
        INFO
    }
}
