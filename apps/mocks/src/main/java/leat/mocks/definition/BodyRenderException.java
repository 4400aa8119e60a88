package leat.mocks.definition;

/** A body that could not be rendered for one request, with the line and column of its source, both from 1. */
public final class BodyRenderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    public BodyRenderException(String message, int line, int column) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
