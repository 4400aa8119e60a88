package leat.mocks.template;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request at a fixed time with fixed dice, against which tests render templates. */
final class Request {
    static final Instant TIME = Instant.parse("2026-03-04T05:06:07.089Z");

    private final Map<String, @Nullable Object> roots = new HashMap<>();

    /** A request with a JSON body. */
    static Request json(String body) {
        return new Request().with(Roots.JSON, RequestJson.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A request whose roots are the members of a JSON object. */
    static Request ofRoots(String json) {
        Request request = new Request();
        JsonNode roots = RequestJson.read(json.getBytes(StandardCharsets.UTF_8));
        roots.forEachEntry(request::with);
        return request;
    }

    Request with(String root, @Nullable Object value) {
        roots.put(root, value);
        return this;
    }

    Variables variables() {
        return Variables.of(roots);
    }

    static RenderContext context() {
        return new RenderContext(InstantSource.fixed(TIME), new Random(1));
    }

    String render(String template) {
        return render(template, Escaping.NONE);
    }

    String render(String template, Escaping escaping) {
        byte[] answer = Template.compile(template, escaping).render(variables(), context());
        return new String(answer, StandardCharsets.UTF_8);
    }
}
