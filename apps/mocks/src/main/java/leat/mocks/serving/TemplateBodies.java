package leat.mocks.serving;

import java.time.Clock;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import leat.mocks.definition.BodyCompiler;
import leat.mocks.definition.BodyRenderException;
import leat.mocks.definition.CompiledBody;
import leat.mocks.definition.RequestValues;
import leat.mocks.template.Escaping;
import leat.mocks.template.RenderContext;
import leat.mocks.template.Repeated;
import leat.mocks.template.Roots;
import leat.mocks.template.Template;
import leat.mocks.template.TemplateException;
import leat.mocks.template.TemplateRenderException;
import leat.mocks.template.Variables;
import org.jspecify.annotations.Nullable;

/** Compiles the bodies and headers of mocks as templates, escaped by the content type that they stand in. */
public final class TemplateBodies implements BodyCompiler {
    /** Templates with the time of this machine and dice of no particular quality. */
    public static final BodyCompiler LIVE = new TemplateBodies(new RenderContext(
            Clock.systemUTC(), () -> ThreadLocalRandom.current().nextLong()));

    private final RenderContext context;

    private TemplateBodies(RenderContext context) {
        this.context = context;
    }

    /** Templates whose {@code now} comes from this clock. */
    public static BodyCompiler at(InstantSource clock) {
        return new TemplateBodies(
                new RenderContext(clock, () -> ThreadLocalRandom.current().nextLong()));
    }

    @Override
    public Compilation compile(String source, String contentType) {
        Template template;
        try {
            template = Template.compile(source, Escaping.forContentType(contentType));
        } catch (TemplateException e) {
            return new Failed(e.problems().stream()
                    .map(problem -> new Problem(problem.message(), problem.advice(), problem.offset()))
                    .toList());
        }
        return new Compiled(template.isConstant() ? new Constant(template) : new Rendered(template, context));
    }

    private record Constant(byte[] bytes) implements CompiledBody {
        Constant(Template template) {
            this(template.constantBytes());
        }

        @Override
        public boolean usesJson() {
            return false;
        }

        @Override
        public byte[] render(RequestValues values) {
            return bytes;
        }
    }

    private record Rendered(Template template, RenderContext context) implements CompiledBody {
        @Override
        public boolean usesJson() {
            return template.uses(Roots.JSON);
        }

        @Override
        public byte[] render(RequestValues values) {
            try {
                return template.render(new Request(values), context);
            } catch (TemplateRenderException e) {
                throw new BodyRenderException(sentence(e), e.line(), e.column());
            }
        }

        /** The message without the place that it begins with, for the exception made of it carries the place itself. */
        private static String sentence(TemplateRenderException e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf(": ");
            return end < 0 ? message : message.substring(end + 2);
        }
    }

    /** What templates see of a request, made when they first ask. */
    private record Request(RequestValues values) implements Variables {
        @Override
        public @Nullable Object get(String root) {
            return switch (root) {
                case Roots.PATH -> values.pathParameters();
                case Roots.QUERY -> query(values.queryParameters());
                case Roots.HEADER -> new Headers(values);
                case Roots.JSON -> values.json();
                default -> null;
            };
        }

        private static Map<String, Object> query(Map<String, List<String>> parameters) {
            var values = LinkedHashMap.<String, Object>newLinkedHashMap(parameters.size());
            parameters.forEach((name, all) -> values.put(name, all.size() == 1 ? all.getFirst() : new Repeated(all)));
            return values;
        }
    }

    /** Headers looked up one by one; only a template that prints them all has them gathered. */
    private static final class Headers extends AbstractMap<String, Object> {
        private final RequestValues values;

        Headers(RequestValues values) {
            this.values = values;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            return name instanceof String text ? values.header(text).orElse(null) : null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return Request.query(values.allHeaders()).entrySet();
        }
    }
}
