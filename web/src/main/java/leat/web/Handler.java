package leat.web;

/**
 * Answers one request, on a virtual thread of its own: straight blocking code.
 *
 * <p>A {@link leat.kernel.RefusedException} becomes a problem with the refusal's status, an
 * {@link leat.kernel.OverloadedException} a 503 with Retry-After, a {@link leat.kernel.port.JournalException} too, anything else thrown a 500 that names only the request
 * id, while the log has the trace.
 */
@FunctionalInterface
public interface Handler {
    Response handle(Request request) throws Exception;
}
