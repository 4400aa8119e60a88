package leat.notes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import leat.kernel.Json;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.Sender;
import leat.web.Sse;

/** The {@link ChangeFeed} by HTTP: asked for page by page, or followed as it happens. */
final class ChangesApi {
    /** Changes in one event of a stream. */
    private static final int BATCH = 100;

    private final Notes notes;

    ChangesApi(Notes notes) {
        this.notes = notes;
    }

    List<Route> table() {
        return List.of(
                Route.get("/api/notes/changes", Access.signedIn(), this::changes)
                        .summary("List what has changed since a cursor, each note once as it stands.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .query("after", "The cursor that an earlier answer gave as next; everything without it.")
                        .query("limit", "How many changes at most: 1 to " + Paging.MAX_LIMIT + ".")
                        .answers(Changes.class)
                        .refuses("organization.absent", "organization.needed", "changes.cursor"),
                Route.get("/api/notes/changes/events", Access.signedIn(), this::follow)
                        .summary("Follow changes as they happen: events \"changes\", each with its cursor as id.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .query("after", "Begins behind this cursor; without it, with what happens from now on.")
                        .answers("text/event-stream")
                        .refuses("organization.absent", "organization.needed", "changes.cursor"));
    }

    /**
     * @param next where the next reading continues, also when there is nothing more yet
     * @param more whether there is
     */
    record Changes(List<Change> items, String next, boolean more) {}

    /**
     * @param gone whether the reader sees the note no more
     * @param note as it stands, unless it is gone
     */
    record Change(String id, long version, boolean gone, Optional<NoteJson.Summary> note) {}

    Response changes(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        ChangeFeed.Cursor after = request.query("after").map(ChangesApi::cursor).orElse(ChangeFeed.Cursor.START);
        ChangeFeed.Changes found = notes.list()
                .read(sql -> ChangeFeed.after(
                        sql,
                        organization,
                        Sender.person(request),
                        after,
                        Paging.of(request).limit()));
        return Response.ok(shown(found));
    }

    Response follow(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        Optional<ChangeFeed.Cursor> after = request.query("after").map(ChangesApi::cursor);
        return Response.events(sink -> {
            ChangeFeed.Cursor begin = sink.lastEventId()
                    .flatMap(ChangeFeed.Cursor::read)
                    .or(() -> after)
                    .orElseGet(() -> notes.list().read(sql -> ChangeFeed.end(sql, organization)));
            new Following(request, organization, sink, begin).begin();
        });
    }

    /** One open stream; it ends when its reader is a member no more. */
    private final class Following {
        private final String userId;
        private final String person;
        private final String organization;
        private final Sse.Sink sink;
        private final AtomicBoolean due = new AtomicBoolean();
        private ChangeFeed.Cursor cursor;

        Following(Request request, String organization, Sse.Sink sink, ChangeFeed.Cursor cursor) {
            this.userId = request.person().userId();
            this.person = Sender.person(request);
            this.organization = organization;
            this.sink = sink;
            this.cursor = cursor;
        }

        void begin() {
            var listening = notes.announcements().listen(NoteList.TOPIC + "*", any -> wake());
            sink.onClose(listening::close);
            wake();
        }

        /** Announcements that come while one is waiting to be looked at are looked at with it. */
        private void wake() {
            if (due.compareAndSet(false, true)) {
                Thread.startVirtualThread(this::tell);
            }
        }

        private synchronized void tell() {
            due.set(false);
            boolean more = true;
            while (more && sink.isOpen()) {
                if (!notes.organizations().isMember(userId, organization)) {
                    sink.close();
                    return;
                }
                ChangeFeed.Changes found =
                        notes.list().read(sql -> ChangeFeed.after(sql, organization, person, cursor, BATCH));
                cursor = found.next();
                more = found.more();
                if (!found.items().isEmpty()) {
                    sink.send(cursor.text(), "changes", Json.text(shown(found)));
                }
            }
        }
    }

    private static Changes shown(ChangeFeed.Changes found) {
        return new Changes(
                found.items().stream()
                        .map(it -> new Change(
                                it.id(),
                                it.version(),
                                it.note().isEmpty(),
                                it.note().map(NoteJson::summary)))
                        .toList(),
                found.next().text(),
                found.more());
    }

    private static ChangeFeed.Cursor cursor(String text) {
        return ChangeFeed.Cursor.read(text)
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.INVALID,
                                "changes.cursor",
                                "after must be a cursor that an earlier answer gave as next.")
                        .asException());
    }
}
