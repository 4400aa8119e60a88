package leat.mocks.definition;

/**
 * A stretch of the file: line and column count from 1, columns in UTF-16 units as editors do, the end is exclusive.
 */
public record Place(int line, int column, int endLine, int endColumn) {
    /** The first character of the file. */
    public static final Place START = new Place(1, 1, 1, 1);
}
