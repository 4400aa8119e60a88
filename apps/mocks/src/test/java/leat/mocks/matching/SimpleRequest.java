package leat.mocks.matching;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request written down in a test: {@code GET http://host/path?query}, the host being optional. */
record SimpleRequest(
        String method, String host, String rawPath, String rawQuery, Map<String, String> headers, String text)
        implements MockRequest {

    static SimpleRequest of(String method, String url) {
        boolean absolute = url.startsWith("http://");
        String rest = absolute ? url.substring(7) : url;
        int slash = rest.indexOf('/');
        String target = rest.substring(slash);
        int question = target.indexOf('?');
        return new SimpleRequest(
                method,
                absolute ? rest.substring(0, slash) : "",
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                Map.of(),
                "");
    }

    static SimpleRequest get(String url) {
        return of("GET", url);
    }

    SimpleRequest with(String body) {
        return new SimpleRequest(method, host, rawPath, rawQuery, headers, body);
    }

    SimpleRequest header(String name, String value) {
        var more = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new SimpleRequest(method, host, rawPath, rawQuery, more, text);
    }

    @Override
    public byte[] body() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public Map<String, List<String>> allHeaders() {
        var all = new TreeMap<String, List<String>>();
        headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return all;
    }
}
