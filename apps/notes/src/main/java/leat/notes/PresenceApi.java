package leat.notes;

import java.util.List;
import leat.kernel.Json;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.Sender;
import leat.web.Sse;

/** {@link Presence} by HTTP: asked for once, or followed, and who follows is there. */
final class PresenceApi {
    private static final String PRESENCE = "/api/notes/notes/{id}/presence";

    private final Notes notes;
    private final Presence presence;

    PresenceApi(Notes notes, Presence presence) {
        this.notes = notes;
        this.presence = presence;
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        return List.of(
                Route.get(PRESENCE, viewer, this::now)
                        .summary("Read who looks at a note now, or writes it.")
                        .answers(People.class)
                        .refuses("note.absent"),
                Route.get(PRESENCE + "/events", viewer, this::follow)
                        .summary("Follow who comes and goes, by events \"presence\"; whoever follows is there, too.")
                        .query("doing", "What the caller does there: Reading, unless Writing is said.")
                        .answers("text/event-stream")
                        .refuses("note.absent", "presence.invalid"));
    }

    record People(List<Somebody> items) {}

    /** @param user by id */
    record Somebody(String user, String doing) {}

    Response now(Request request) {
        return Response.ok(at(notes.find(request).id()));
    }

    Response follow(Request request) {
        String id = notes.find(request).id();
        Presence.Doing doing = request.query("doing")
                .map(word -> Words.read(Presence.Doing.class, word).orElseThrow(() -> invalid()))
                .orElse(Presence.Doing.READING);
        return Response.events(sink -> {
            sink.onClose(presence.follow(id, () -> tell(request, id, sink))::close);
            sink.onClose(presence.come(id, Sender.person(request), doing)::close);
            tell(request, id, sink);
        });
    }

    private void tell(Request request, String id, Sse.Sink sink) {
        if (notes.isSeen(request)) {
            sink.send("", "presence", Json.text(at(id)));
        } else {
            sink.close();
        }
    }

    private People at(String id) {
        return new People(presence.at(id).stream()
                .map(it -> new Somebody(NoteJson.userId(it.person()), Words.of(it.doing())))
                .toList());
    }

    private static RuntimeException invalid() {
        String advice = "Use Reading or Writing.";
        return Refusal.invalid("presence.invalid", advice, List.of(new Violation("doing", "doing.shape", advice)))
                .asException();
    }
}
