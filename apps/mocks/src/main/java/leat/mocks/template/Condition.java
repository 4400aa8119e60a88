package leat.mocks.template;

import java.util.Set;
import leat.mocks.template.TemplateLimitException.Limit;

/** What can stand in an {@code if} tag, by itself: {@code json-params.total > 100 and header-params.X-Test = "yes"}. */
public final class Condition {
    private final Source source;
    private final Expression expression;
    private final int slots;
    private final Set<String> roots;

    Condition(Source source, Expression expression, int slots, Set<String> roots) {
        this.source = source;
        this.expression = expression;
        this.slots = slots;
        this.roots = Set.copyOf(roots);
    }

    /** @throws TemplateException with what is wrong and where */
    public static Condition compile(String source) {
        return DjangoParser.condition(source);
    }

    /** @throws TemplateRenderException when a filter cannot use a value, or a limit is reached */
    public boolean holds(Variables variables, RenderContext context) {
        Rendering rendering = new Rendering(source, slots, 0, variables, context);
        try {
            rendering.step();
            return Values.truth(expression.evaluate(rendering));
        } catch (Utf8Buffer.Full full) {
            throw rendering.limit(Limit.OUTPUT);
        }
    }

    /** Whether the condition looks up a root of {@link Roots#REQUEST}. */
    public boolean uses(String root) {
        return roots.contains(root);
    }
}
