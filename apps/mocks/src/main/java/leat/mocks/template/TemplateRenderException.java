package leat.mocks.template;

/**
 * A template that compiled but could not be rendered with the values at hand: a filter met a value that it cannot use.
 * Line and column, from 1, are those of the tag or filter at fault.
 */
public sealed class TemplateRenderException extends RuntimeException permits TemplateLimitException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final int line;
    private final int column;

    TemplateRenderException(String code, String message, int line, int column) {
        super("line " + line + ", column " + column + ": " + message, null, false, false);
        this.code = code;
        this.line = line;
        this.column = column;
    }

    /** Stable, for programs: {@code template.not-a-number}. */
    public String code() {
        return code;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
