package leat.mocks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import leat.mocks.serving.LoggedRequest;
import leat.web.ui.Action;
import leat.web.ui.Editor;
import leat.web.ui.LogLine;
import leat.web.ui.Status;
import leat.web.ui.Tab;

/** What the page of one mock shows. */
record MockPage(
        String id,
        String name,
        String organization,
        Instant changedAt,
        Status status,
        int head,
        boolean mayEdit,
        Editor editor,
        PublicationCard publication,
        List<LoggedRequest> requests,
        long requestCount) {

    List<Tab> tabs() {
        return tabs(id, "editor");
    }

    static List<Tab> tabs(String id, String current) {
        return List.of(
                new Tab("Editor", "/mocks/" + id, current.equals("editor")),
                new Tab("Revisions", "/mocks/" + id + "/revisions", current.equals("revisions")));
    }

    Action removal() {
        return Action.of("Remove this mock", "DELETE", "/mocks/" + id)
                .styled("button-danger")
                .confirmTyping(name, "Remove " + name + "?", "Its revisions and its address are gone for good.");
    }

    /** What the headers say that the body is; empty when they say nothing. */
    static String contentType(List<LoggedRequest.Header> headers) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase("content-type"))
                .map(LoggedRequest.Header::value)
                .findFirst()
                .orElse("");
    }

    static LogLine line(LoggedRequest request) {
        return new LogLine(
                request.at(),
                request.method(),
                request.target(),
                request.status(),
                Duration.ofNanos(request.micros() * 1_000L));
    }
}
