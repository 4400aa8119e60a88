package leat.mocks.template;

/** A tag that cannot be read any further; becomes a {@link TemplateProblem}, and reading goes on after the tag. */
final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1;

    final String code;
    final String message;
    final String advice;
    final int offset;

    SyntaxError(String code, String message, String advice, int offset) {
        super(message, null, false, false);
        this.code = code;
        this.message = message;
        this.advice = advice;
        this.offset = offset;
    }
}
