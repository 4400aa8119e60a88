package leat.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Sender;

/** What the edges do with what people follow. */
record Follows(Notes notes, Entities<Follow.Command, Follow.Event, Follow> entities, Reader timeline) {
    /** People and notes that one follows in an organization. */
    static final int MAX = 500;

    /** Rows that are read for one page at most, most of which may be hidden from the reader. */
    private static final int MAX_READ = 2_000;

    /** @param note as its reader sees it now */
    record Happening(Timeline.Item item, Notes.Found note) {}

    /** What the caller follows: people as notes remember them, and ids of notes. */
    List<String> followed(Request request, String organization) {
        return timeline.read(sql -> Timeline.followed(sql, organization, Sender.person(request), MAX));
    }

    /** @throws leat.kernel.RefusedException with {@code follow.yourself} or {@code follow.many} */
    void begin(Request request, String organization, String target) {
        List<String> followed = followed(request, organization);
        if (followed.size() >= MAX && !followed.contains(target)) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "follow.many", "Follow at most " + MAX + " people and notes.")
                    .asException();
        }
        tell(request, organization, target, new Follow.Command.Begin(organization, target));
    }

    void end(Request request, String organization, String target) {
        tell(request, organization, target, new Follow.Command.End());
    }

    private void tell(Request request, String organization, String target, Follow.Command command) {
        Answer<Follow> answer = entities.tell(
                Follow.id(organization, Sender.person(request), target),
                command,
                notes.sender().envelope(request));
        timeline.await(answer.position(), Reader.PATIENCE);
    }

    /** What happened to what the caller follows, as far as they see it. */
    Page<Happening> happenings(Request request, String organization, Paging paging) {
        if (paging.after().filter(key -> !Timeline.isKey(key)).isPresent()) {
            throw Refusal.of(
                            Refusal.Kind.INVALID,
                            "paging.cursor",
                            "after must be a cursor that an earlier page gave as next.")
                    .asException();
        }
        var seen = new ArrayList<Happening>();
        Optional<String> behind = paging.after();
        int batch = paging.limit() + 1;
        for (int read = 0; read < MAX_READ; read += batch) {
            Optional<String> from = behind;
            List<Timeline.Item> items =
                    timeline.read(sql -> Timeline.of(sql, organization, Sender.person(request), from, batch));
            items.forEach(it -> happening(request, organization, it).ifPresent(seen::add));
            if (seen.size() > paging.limit() || items.size() < batch) {
                break;
            }
            behind = Optional.of(items.getLast().key());
        }
        return Page.of(
                seen.stream().limit(batch).toList(), paging, it -> it.item().key());
    }

    private Optional<Happening> happening(Request request, String organization, Timeline.Item item) {
        return notes.seen(request, item.note())
                .filter(it -> it.note().identity().organization().equals(organization))
                .filter(it -> item.access() == Content.Access.PUBLIC
                        || !notes.saves(request, it, item.number()).isEmpty())
                .map(it -> new Happening(item, it));
    }
}
