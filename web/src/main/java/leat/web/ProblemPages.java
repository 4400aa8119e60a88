package leat.web;

import java.nio.charset.StandardCharsets;

/** Words a problem for a browser: a whole page, or a passing note when only a part of the page was asked for. */
@FunctionalInterface
public interface ProblemPages {

    /** The answer to show; its status should be the problem's. Called on the request's virtual thread. */
    Response page(Problem problem, Request request);

    /** Pages without any design. A request by htmx gets JSON instead, which the page's script shows as a passing note. */
    static ProblemPages plain() {
        return (problem, request) -> plainPage(problem);
    }

    private static Response plainPage(Problem problem) {
        String html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + escape(problem.title())
                + "</title><h1>" + escape(problem.title()) + "</h1><p>" + escape(problem.detail())
                + "</p><p>Request " + escape(problem.instance()) + "</p></html>";
        return Response.of(problem.status()).body("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
