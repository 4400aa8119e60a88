package leat.mocks.matching;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.mocks.definition.RequestValues;
import leat.mocks.template.RequestJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The parts of one request, each decoded when it is first asked for; for one thread. */
final class RequestParts implements RequestValues {
    private final MockRequest request;
    private final Captures captures;
    private @Nullable Map<String, String> path;
    private @Nullable Map<String, List<String>> query;
    private @Nullable JsonNode json;

    RequestParts(MockRequest request, Captures captures) {
        this.request = request;
        this.captures = captures;
    }

    @Override
    public Map<String, String> pathParameters() {
        Map<String, String> known = path;
        if (known == null) {
            known = captures.values();
            path = known;
        }
        return known;
    }

    @Override
    public Map<String, List<String>> queryParameters() {
        Map<String, List<String>> known = query;
        if (known == null) {
            known = QueryText.parse(request.rawQuery());
            query = known;
        }
        return known;
    }

    @Override
    public Optional<String> header(String name) {
        return request.header(name);
    }

    @Override
    public Map<String, List<String>> allHeaders() {
        return request.allHeaders();
    }

    @Override
    public JsonNode json() {
        JsonNode known = json;
        if (known == null) {
            try {
                known = readJson();
            } catch (JacksonException e) {
                known = MissingNode.getInstance();
            }
            json = known;
        }
        return known;
    }

    /** The same, but tells what is wrong with a body that is no JSON. */
    JsonNode readJson() throws JacksonException {
        JsonNode read = request.body().length == 0 ? MissingNode.getInstance() : RequestJson.read(request.body());
        json = read;
        return read;
    }

    /** Whether the request says that its body is JSON, or says nothing. */
    boolean claimsJson() {
        String type = request.header("content-type").orElse("application/json");
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip();
        return bare.equalsIgnoreCase("application/json")
                || bare.regionMatches(true, Math.max(0, bare.length() - 5), "+json", 0, 5);
    }
}
