package leat.mocks.serving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leat.mocks.matching.MockRequest;
import leat.web.Exchange;
import org.jspecify.annotations.Nullable;

/** A request as the mock sees it; reads headers from the exchange, or from a copy when it leaves the event loop. */
final class Incoming implements MockRequest {
    private final Exchange exchange;
    private final String method;
    private final String path;
    private final String query;
    private final boolean pathForm;
    private byte[] body = {};
    private @Nullable List<String> headers;

    /** @param path what is left for the mock: without organization and mock in the path form */
    Incoming(Exchange exchange, String path, boolean pathForm) {
        this.exchange = exchange;
        this.method = exchange.method();
        this.path = path;
        this.pathForm = pathForm;
        String uri = exchange.uri();
        int mark = uri.indexOf('?');
        int fragment = mark < 0 ? -1 : uri.indexOf('#', mark);
        this.query = mark < 0 ? "" : fragment < 0 ? uri.substring(mark + 1) : uri.substring(mark + 1, fragment);
    }

    Exchange exchange() {
        return exchange;
    }

    boolean isPathForm() {
        return pathForm;
    }

    void body(byte[] whole) {
        body = whole;
    }

    /** Path and query, for the log. */
    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Names and values in turn, those that the mock may see; gathered on the event loop. */
    List<String> headers() {
        List<String> known = headers;
        if (known == null) {
            var gathered = new ArrayList<String>(16);
            exchange.eachHeader((name, value) -> {
                if (!pathForm || PathForm.passes(name)) {
                    gathered.add(name);
                    gathered.add(value);
                }
            });
            known = gathered;
            headers = known;
        }
        return known;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String host() {
        return exchange.host();
    }

    @Override
    public String rawPath() {
        return path;
    }

    @Override
    public String rawQuery() {
        return query;
    }

    @Override
    public Optional<String> header(String name) {
        List<String> copy = headers;
        if (copy == null) {
            return pathForm && !PathForm.passes(name) ? Optional.empty() : Optional.ofNullable(exchange.header(name));
        }
        for (int i = 0; i < copy.size(); i += 2) {
            if (copy.get(i).equalsIgnoreCase(name)) {
                return Optional.of(copy.get(i + 1));
            }
        }
        return Optional.empty();
    }

    @Override
    public Map<String, List<String>> allHeaders() {
        var all = new LinkedHashMap<String, List<String>>();
        List<String> copy = headers();
        for (int i = 0; i < copy.size(); i += 2) {
            all.computeIfAbsent(copy.get(i).toLowerCase(Locale.ROOT), absent -> new ArrayList<>(1))
                    .add(copy.get(i + 1));
        }
        return all;
    }

    @Override
    public byte[] body() {
        return body;
    }
}
