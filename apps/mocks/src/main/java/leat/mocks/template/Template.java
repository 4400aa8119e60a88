package leat.mocks.template;

import java.util.List;
import java.util.Set;
import leat.mocks.template.TemplateLimitException.Limit;

/**
 * A compiled template of a mock's answer; immutable, so that any number of requests can render it at once.
 *
 * <p>The language is Django's as Selmer speaks it, and is described in {@code docs/guides/mock-templates.md}. A template
 * reads no file and calls nothing; {@link TemplateLimits} bounds its time and its size.
 */
public final class Template {
    private final Source source;
    private final List<Node> nodes;
    private final int slots;
    private final Set<String> roots;
    private final int capacity;

    Template(Source source, List<Node> nodes, int slots, Set<String> roots) {
        this.source = source;
        this.nodes = List.copyOf(nodes);
        this.slots = slots;
        this.roots = Set.copyOf(roots);
        int literal = 0;
        for (Node node : nodes) {
            literal += node instanceof Node.Literal text ? text.utf8().length : 32;
        }
        this.capacity = literal + 16;
    }

    /**
     * Compiles a template in time linear to its length.
     *
     * @throws TemplateException with every problem that was found, at most {@link TemplateLimits#MAX_PROBLEMS}
     */
    public static Template compile(String source, Escaping escaping) {
        return DjangoParser.template(source, escaping);
    }

    /**
     * The answer for one request, as UTF-8.
     *
     * @throws TemplateRenderException when a filter cannot use a value
     * @throws TemplateLimitException when one of the {@link TemplateLimits} is reached
     */
    public byte[] render(Variables variables, RenderContext context) {
        if (isConstant()) {
            return constantBytes();
        }
        Rendering rendering = new Rendering(source, slots, capacity, variables, context);
        try {
            Node.renderAll(nodes, rendering);
        } catch (Utf8Buffer.Full full) {
            throw rendering.limit(Limit.OUTPUT);
        }
        return rendering.out.toBytes();
    }

    /** Whether the template looks up a root of {@link Roots#REQUEST} anywhere. */
    public boolean uses(String root) {
        return roots.contains(root);
    }

    /** Whether every rendering gives the same bytes because there is no tag. */
    public boolean isConstant() {
        return nodes.isEmpty() || (nodes.size() == 1 && nodes.getFirst() instanceof Node.Literal);
    }

    /**
     * The bytes of a template without tags, shared: they must not be changed.
     *
     * @throws IllegalStateException when the template is not constant
     */
    public byte[] constantBytes() {
        if (!isConstant()) {
            throw new IllegalStateException("this template has tags");
        }
        return nodes.isEmpty() ? new byte[0] : ((Node.Literal) nodes.getFirst()).utf8();
    }
}
