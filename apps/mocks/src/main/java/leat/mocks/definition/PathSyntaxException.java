package leat.mocks.definition;

/** A text that is no path of a route; it knows which characters are to blame. */
public final class PathSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DiagnosticCode code;
    private final int offset;
    private final int length;
    private final String problem;
    private final String advice;

    PathSyntaxException(DiagnosticCode code, int offset, int length, String problem, String advice) {
        super(problem + " " + advice, null, false, false);
        this.code = code;
        this.offset = offset;
        this.length = length;
        this.problem = problem;
        this.advice = advice;
    }

    public DiagnosticCode code() {
        return code;
    }

    /** Where in the path's text it begins, in UTF-16 units from 0. */
    public int offset() {
        return offset;
    }

    /** How many UTF-16 units it spans. */
    public int length() {
        return length;
    }

    public String problem() {
        return problem;
    }

    public String advice() {
        return advice;
    }
}
