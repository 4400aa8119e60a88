package leat.mocks.template;

/** A rendering that was stopped because it reached one of the {@link TemplateLimits}. */
public final class TemplateLimitException extends TemplateRenderException {
    private static final long serialVersionUID = 1;

    /** The bounds that a rendering can reach. */
    public enum Limit {
        OUTPUT("more than " + TemplateLimits.MAX_OUTPUT_BYTES + " bytes of text"),
        STEPS("more than " + TemplateLimits.MAX_STEPS + " steps"),
        RANGE("a range of more than " + TemplateLimits.MAX_RANGE + " items"),
        VALUE_NESTING("a value nested more than " + TemplateLimits.MAX_VALUE_NESTING + " levels deep");

        private final String sentence;

        Limit(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Limit limit;

    TemplateLimitException(Limit limit, int line, int column) {
        super("template.limit", "the template makes " + limit.sentence + ", which is its limit.", line, column);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
