package leat.web.ui;

/**
 * Something found in a text, in the shape that the editor reads as JSON.
 *
 * @param severity {@code error}, {@code warning} or {@code info}
 * @param advice what to do about it; may be empty
 * @param line counted from 1, as are the columns (in UTF-16 units)
 * @param endLine 0 when the finding runs to the end of its line
 * @param endColumn exclusive
 */
public record Diagnostic(
        String severity, String code, String message, String advice, int line, int column, int endLine, int endColumn) {
    public Tone tone() {
        return switch (severity) {
            case "error" -> Tone.RED;
            case "warning" -> Tone.AMBER;
            case "info" -> Tone.BLUE;
            default -> Tone.GREY;
        };
    }
}
