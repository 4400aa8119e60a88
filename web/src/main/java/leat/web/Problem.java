package leat.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import leat.kernel.Json;
import leat.kernel.OverloadedException;
import leat.kernel.Refusal;

/**
 * What went wrong, for programs and people alike: RFC 9457, sent as {@code application/problem+json}.
 *
 * @param status the HTTP status
 * @param title the status's phrase, the same for every problem of that status
 * @param detail one sentence for a person: what is wrong and what to do
 * @param instance the id of the request that met it, as found in the log
 * @param code stable and dotted, for programs; its page is {@code /problems/<code>}
 * @param violations what is wrong field by field; empty unless the input was invalid
 * @param details further members, as the refusal carried them; they never replace a member named above
 */
public record Problem(
        int status,
        String title,
        String detail,
        String instance,
        String code,
        List<Refusal.Violation> violations,
        Map<String, Object> details) {

    /** The media type under which a problem travels. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        violations = List.copyOf(violations);
        details = Map.copyOf(details);
    }

    static Problem of(int status, String code, String detail, String requestId) {
        return new Problem(status, Status.phrase(status), detail, requestId, code, List.of(), Map.of());
    }

    static Problem of(Refusal refusal, String requestId) {
        int status = Status.of(refusal.kind());
        return new Problem(
                status,
                Status.phrase(status),
                refusal.message(),
                requestId,
                refusal.code(),
                refusal.violations(),
                refusal.details());
    }

    static Problem of(OverloadedException overload, String requestId) {
        return of(
                503, "overloaded", Objects.requireNonNullElse(overload.getMessage(), "The server is busy."), requestId);
    }

    static Problem ofStore(String requestId) {
        return of(
                503,
                "store.unavailable",
                "What Leat keeps everything in cannot be used at this moment. A change that was sent may or may not have"
                        + " been made; sent again with the same Idempotency-Key, it is made once.",
                requestId);
    }

    /** The status that a sort of refusal has, on pages as in the API. */
    public static int statusOf(Refusal.Kind kind) {
        return Status.of(kind);
    }

    /** The relative address of the page that explains this code. */
    public String type() {
        return "/problems/" + code;
    }

    /** The members as they are sent, in order. */
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", type());
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        members.put("instance", instance);
        members.put("code", code);
        members.put("violations", violations);
        details.forEach(members::putIfAbsent);
        return members;
    }

    Response asJson() {
        return Response.of(status).body(MEDIA_TYPE, Json.bytes(members()));
    }

    /** Whole seconds for a Retry-After header, rounded up, at least 1. */
    static String retryAfter(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
