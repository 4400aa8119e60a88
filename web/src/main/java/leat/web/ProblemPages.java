package leat.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import leat.kernel.Json;

/** Words a problem for a browser: a whole page, or a passing note when only a part of the page was asked for. */
@FunctionalInterface
public interface ProblemPages {

    /** The answer to show; its status should be the problem's. Called on the request's virtual thread. */
    Response page(Problem problem, Request request);

    /**
     * Pages without any design. A request by htmx gets no content to swap but an {@code HX-Trigger} event named
     * {@code toast} with {@code level}, {@code message} and {@code requestId}.
     */
    static ProblemPages plain() {
        return (problem, request) -> request.isHtmx() ? toast(problem) : plainPage(problem);
    }

    /** The answer that shows a problem as a passing note on the page that is already there. */
    static Response toast(Problem problem) {
        var event =
                Map.of("toast", Map.of("level", "error", "message", problem.detail(), "requestId", problem.instance()));
        return Response.of(problem.status())
                .header("HX-Trigger", ascii(Json.text(event)))
                .header("HX-Reswap", "none");
    }

    private static Response plainPage(Problem problem) {
        String html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + escape(problem.title())
                + "</title><h1>" + escape(problem.title()) + "</h1><p>" + escape(problem.detail())
                + "</p><p>Request " + escape(problem.instance()) + "</p></html>";
        return Response.of(problem.status()).body("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Header values are ASCII; JSON can say everything else by escapes. */
    private static String ascii(String json) {
        var ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x7f) {
                ascii.append(c);
            } else {
                ascii.append(String.format("\\u%04x", (int) c));
            }
        }
        return ascii.toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
