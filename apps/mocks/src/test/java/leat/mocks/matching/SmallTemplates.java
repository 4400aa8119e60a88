package leat.mocks.matching;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import leat.mocks.definition.BodyCompiler;
import leat.mocks.definition.BodyRenderException;
import leat.mocks.definition.CompiledBody;
import leat.mocks.definition.RequestValues;

/** Just enough of a template language to see what a mock hands to the real one: {@code {{root.name}}}. */
final class SmallTemplates implements BodyCompiler {
    private static final Pattern TAG = Pattern.compile("\\{\\{([a-z-]+)\\.?([A-Za-z-]*)}}");

    @Override
    public Compilation compile(String source, String contentType) {
        return new Compiled(new CompiledBody() {
            @Override
            public boolean usesJson() {
                return source.contains("{{json-params");
            }

            @Override
            public byte[] render(RequestValues values) {
                return TAG.matcher(source)
                        .replaceAll(tag -> value(values, tag.group(1), tag.group(2)))
                        .getBytes(StandardCharsets.UTF_8);
            }
        });
    }

    private static String value(RequestValues values, String root, String name) {
        return switch (root) {
            case "path-params" -> values.pathParameters().getOrDefault(name, "");
            case "query-params" ->
                values.queryParameters().getOrDefault(name, List.of("")).getFirst();
            case "header-params" -> values.header(name).orElse("");
            case "json-params" -> values.json().path(name).asString("");
            default -> throw new BodyRenderException("There is no “" + root + "”.", 1, 3);
        };
    }
}
