package leat.mocks.matching;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import leat.mocks.definition.BodyCompiler;
import leat.mocks.definition.BodyRenderException;
import leat.mocks.definition.CompiledBody;
import leat.mocks.definition.RequestValues;
import leat.mocks.definition.ResponseDefinition;
import leat.mocks.definition.ResponseDefinition.Header;
import org.jspecify.annotations.Nullable;

/** An answer with its templates compiled, shared by all routes that answer alike; immutable. */
final class CompiledResponse {
    private static final byte[] NOTHING = {};

    private record Part(String name, String value, @Nullable CompiledBody template) {}

    private final int status;
    private final boolean hasBody;
    private final CompiledBody body;
    private final List<Part> headers;
    private final List<String> constantHeaders;
    private final boolean hasTemplatesInHeaders;
    private final boolean usesJson;

    /** @throws BodyRenderException when a template does not compile, which a checked definition rules out */
    CompiledResponse(ResponseDefinition response, BodyCompiler bodies) {
        this.status = response.status();
        this.hasBody = response.mayHaveBody();
        this.body = compile(bodies, response.body(), response.contentType());
        this.headers = response.headers().stream()
                .map(header -> new Part(header.name(), header.value(), templateOf(header, bodies)))
                .toList();
        this.hasTemplatesInHeaders = headers.stream().anyMatch(part -> part.template() != null);
        this.constantHeaders = hasTemplatesInHeaders
                ? List.of()
                : headers.stream().mapMulti(CompiledResponse::flat).toList();
        this.usesJson = body.usesJson()
                || headers.stream()
                        .anyMatch(part ->
                                part.template() != null && part.template().usesJson());
    }

    int status() {
        return status;
    }

    /** Whether its templates read the request's JSON. */
    boolean usesJson() {
        return usesJson;
    }

    /** @throws BodyRenderException when a template fails on these values */
    List<String> headers(RequestValues values) {
        if (!hasTemplatesInHeaders) {
            return constantHeaders;
        }
        var flat = new ArrayList<String>(2 * headers.size());
        for (Part part : headers) {
            flat.add(part.name());
            CompiledBody template = part.template();
            flat.add(
                    template == null
                            ? part.value()
                            : oneLine(new String(template.render(values), StandardCharsets.UTF_8)));
        }
        return flat;
    }

    /** @throws BodyRenderException when the template fails on these values */
    byte[] body(RequestValues values) {
        return hasBody ? body.render(values) : NOTHING;
    }

    /** What a request put into a header must not end it and begin another. */
    private static String oneLine(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) == 0x7f) {
                return value.replaceAll("[\\x00-\\x1f\\x7f]", " ");
            }
        }
        return value;
    }

    private static void flat(Part part, Consumer<String> out) {
        out.accept(part.name());
        out.accept(part.value());
    }

    private static @Nullable CompiledBody templateOf(Header header, BodyCompiler bodies) {
        return header.value().indexOf('{') < 0 ? null : compile(bodies, header.value(), "text/plain");
    }

    private static CompiledBody compile(BodyCompiler bodies, String source, String contentType) {
        return switch (bodies.compile(source, contentType)) {
            case BodyCompiler.Compiled(CompiledBody compiled) -> compiled;
            case BodyCompiler.Failed(List<BodyCompiler.Problem> problems) ->
                throw new BodyRenderException(problems.getFirst().message(), 1, 1);
        };
    }
}
