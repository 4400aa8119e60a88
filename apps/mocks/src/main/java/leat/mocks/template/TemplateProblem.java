package leat.mocks.template;

/**
 * One thing that is wrong with a template's source, and where.
 *
 * @param code stable, for programs: {@code template.unknown-filter}
 * @param message what is wrong, in one sentence
 * @param advice what to do about it, in one sentence
 * @param offset where, in UTF-16 characters from the start, from 0
 * @param line where, from 1
 * @param column where in the line, in UTF-16 characters as editors count them, from 1
 */
public record TemplateProblem(String code, String message, String advice, int offset, int line, int column) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message + " " + advice;
    }
}
