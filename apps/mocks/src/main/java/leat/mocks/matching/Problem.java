package leat.mocks.matching;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leat.kernel.Json;

/**
 * An answer that no route gave, in the form of RFC 9457.
 *
 * @param code stable: {@code mock.no-route}, {@code mock.wrong-method}, {@code mock.parameter-type},
 *     {@code mock.query-missing}, {@code mock.query-type}, {@code mock.body-malformed}, {@code mock.body-shape},
 *     {@code mock.path-malformed}, {@code mock.path-too-long}, {@code mock.path-too-costly},
 *     {@code mock.query-too-long} or {@code mock.template-failed}
 * @param errors what is wrong with which part of the request
 * @param nearest the routes most like the request
 */
public record Problem(
        int status, String title, String code, String detail, List<RequestError> errors, List<NearRoute> nearest) {

    /** The media type of {@link #json()}. */
    public static final String CONTENT_TYPE = "application/problem+json";

    /**
     * One thing wrong with a request.
     *
     * @param in {@code path}, {@code query} or {@code body}
     * @param name of the parameter, or a JSON pointer into the body
     */
    public record RequestError(String in, String name, String value, String expected) {}

    public Problem {
        errors = List.copyOf(errors);
        nearest = List.copyOf(nearest);
    }

    static Problem of(int status, String title, String code, String detail) {
        return new Problem(status, title, code, detail, List.of(), List.of());
    }

    static Problem badRequest(String code, String detail, List<RequestError> errors) {
        return new Problem(400, "The request does not fit this route", code, detail, errors, List.of());
    }

    /** The body to send. */
    public byte[] json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "about:blank");
        members.put("title", title);
        members.put("status", status);
        members.put("code", code);
        members.put("detail", detail);
        if (!errors.isEmpty()) {
            members.put("errors", errors);
        }
        if (!nearest.isEmpty()) {
            members.put("nearest", nearest.stream().map(Problem::near).toList());
        }
        return Json.bytes(members);
    }

    private static Map<String, Object> near(NearRoute near) {
        var members = new LinkedHashMap<String, Object>();
        members.put("route", near.route().title());
        members.put("line", near.route().line());
        members.put("reasons", near.reasons());
        return members;
    }
}
