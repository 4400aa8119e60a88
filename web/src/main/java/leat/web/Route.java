package leat.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of a route table: which requests it answers, who may send them, what answers, and what a reader of the API
 * should know.
 *
 * @param method upper case; GET also answers HEAD
 * @param bodyLimit the largest body in bytes, when it differs from the server's usual
 * @param summary one line; a route under {@code /api/} without one still appears in the document
 * @param takes the record that the JSON body is read as; empty when there is no JSON body
 * @param answers what a success carries; empty when it carries nothing, or no JSON
 * @param status the status of a success
 * @param query the query parameters that are read
 * @param refuses codes of the refusals to expect, beside those that every route shares
 */
public record Route(
        String method,
        PathPattern path,
        Access access,
        Handler handler,
        OptionalInt bodyLimit,
        String summary,
        Optional<Class<?>> takes,
        Optional<Answer> answers,
        int status,
        List<Parameter> query,
        List<String> refuses) {

    /** What a success carries: one record, or a page of them. */
    public record Answer(Class<?> type, boolean paged, String mediaType) {}

    /** A query parameter and a sentence on what it does. */
    public record Parameter(String name, String description) {}

    public Route {
        query = List.copyOf(query);
        refuses = List.copyOf(refuses);
    }

    public static Route get(String path, Access access, Handler handler) {
        return of("GET", path, access, handler);
    }

    public static Route post(String path, Access access, Handler handler) {
        return of("POST", path, access, handler);
    }

    public static Route put(String path, Access access, Handler handler) {
        return of("PUT", path, access, handler);
    }

    public static Route delete(String path, Access access, Handler handler) {
        return of("DELETE", path, access, handler);
    }

    /** @param method GET, POST, PUT, PATCH or DELETE; HEAD and OPTIONS answer themselves */
    public static Route of(String method, String path, Access access, Handler handler) {
        if (!List.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(method)) {
            throw new IllegalArgumentException("a route cannot answer " + method);
        }
        return new Route(
                method,
                PathPattern.of(path),
                access,
                handler,
                OptionalInt.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                200,
                List.of(),
                List.of());
    }

    public Route summary(String line) {
        return new Route(method, path, access, handler, bodyLimit, line, takes, answers, status, query, refuses);
    }

    /** Documents the record that the body is read as. */
    public Route takes(Class<?> type) {
        return new Route(
                method, path, access, handler, bodyLimit, summary, Optional.of(type), answers, status, query, refuses);
    }

    /** Documents a success of status 200 with this record as JSON. */
    public Route answers(Class<?> type) {
        return answers(200, type);
    }

    public Route answers(int success, Class<?> type) {
        return answering(success, new Answer(type, false, "application/json"));
    }

    /** Documents a success with a {@link Page} of these records, and the two query parameters of paging. */
    public Route answersPageOf(Class<?> type) {
        return answering(200, new Answer(type, true, "application/json"))
                .query("after", "Continues behind this cursor, taken from the page before.")
                .query(
                        "limit",
                        "How many items at most: 1 to " + Paging.MAX_LIMIT + ", usually " + Paging.USUAL_LIMIT + ".");
    }

    /** Documents a success that carries something else than JSON, such as {@code text/event-stream}. */
    public Route answers(String mediaType) {
        return answering(200, new Answer(String.class, false, mediaType));
    }

    /** Documents a success without a body, such as 204. */
    public Route answers(int success) {
        return new Route(
                method, path, access, handler, bodyLimit, summary, takes, Optional.empty(), success, query, refuses);
    }

    /** Documents a query parameter. */
    public Route query(String name, String description) {
        var more = new ArrayList<>(query);
        more.add(new Parameter(name, description));
        return new Route(method, path, access, handler, bodyLimit, summary, takes, answers, status, more, refuses);
    }

    /** Documents refusals by their codes. */
    public Route refuses(String... codes) {
        var more = new ArrayList<>(refuses);
        more.addAll(List.of(codes));
        return new Route(method, path, access, handler, bodyLimit, summary, takes, answers, status, query, more);
    }

    /** Allows bodies up to this many bytes; more than {@link ServerSettings.Limits#largestBodyBytes} is refused at start. */
    public Route bodyUpTo(int bytes) {
        return new Route(
                method, path, access, handler, OptionalInt.of(bytes), summary, takes, answers, status, query, refuses);
    }

    /** The code with which this route says that there is no such thing: its own declared one, or the general one. */
    String absentCode() {
        return refuses.stream()
                .filter(code -> code.endsWith(".absent"))
                .findFirst()
                .orElse("resource.absent");
    }

    private Route answering(int success, Answer answer) {
        return new Route(
                method, path, access, handler, bodyLimit, summary, takes, Optional.of(answer), success, query, refuses);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
