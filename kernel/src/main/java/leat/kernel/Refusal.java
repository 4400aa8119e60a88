package leat.kernel;

import java.util.List;
import java.util.Map;

/**
 * A well-formed "no": a stable code for programs, a sentence for people, and what is wrong field by field.
 *
 * @param kind what sort of no, from which an edge derives its own status (HTTP status, exit code)
 * @param code stable, lower-case, dotted: {@code mock.name-taken}; clients may switch on it
 * @param message one sentence that says what is wrong and what to do about it
 * @param violations every field that is wrong, in declared order; empty unless the input was invalid
 * @param details further members for programs, as JSON-friendly values; may be empty
 */
public record Refusal(Kind kind, String code, String message, List<Violation> violations, Map<String, Object> details) {

    /** The sorts of no, each with one HTTP status at the edge. */
    public enum Kind {
        /** The input is wrong; sending it again will not help. 400 */
        INVALID,
        /** Nobody is signed in, or the token is not good (any more). 401 */
        UNAUTHENTICATED,
        /** Signed in, but not allowed. 403 */
        FORBIDDEN,
        /** There is no such thing, or the caller may not know that there is. 404 */
        ABSENT,
        /** The present state forbids it: a name is taken, a step is out of order. 409 */
        CONFLICT,
        /** It was gone for good. 410 */
        GONE,
        /** The caller decided on an older version than the present one. 412 */
        STALE,
        /** The input is larger than its stated limit. 413 */
        TOO_LARGE,
        /** A rate or quota is used up for now. 429 */
        EXHAUSTED
    }

    /** One field that is wrong: where ({@code name}, {@code items.2.price}), a stable code, and a sentence. */
    public record Violation(String field, String code, String message) {}

    public Refusal {
        violations = List.copyOf(violations);
        details = Map.copyOf(details);
    }

    public static Refusal of(Kind kind, String code, String message) {
        return new Refusal(kind, code, message, List.of(), Map.of());
    }

    /** Refuses an input with all its violations at once. */
    public static Refusal invalid(String code, String message, List<Violation> violations) {
        return new Refusal(Kind.INVALID, code, message, violations, Map.of());
    }

    public Refusal with(String detail, Object value) {
        var more = new java.util.LinkedHashMap<>(details);
        more.put(detail, value);
        return new Refusal(kind, code, message, violations, more);
    }

    public RefusedException asException() {
        return new RefusedException(this);
    }
}
