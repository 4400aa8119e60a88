package leat.bookmarks;

import java.util.List;
import java.util.Optional;
import leat.accounts.api.Organizations;
import leat.bookmarks.Bookmark.Command;
import leat.bookmarks.Bookmark.Event;
import leat.kernel.Announcements;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Role;
import leat.web.Sender;

/** What a person can do with bookmarks, whichever edge they come through. */
record Bookmarks(
        Entities<Command, Event, Bookmark> entities,
        Reader list,
        Organizations organizations,
        Announcements announcements,
        Sender sender) {

    /** Those of the organization that the bookmark in the path belongs to; for all others there is no such bookmark. */
    Access members(Role atLeast) {
        return Access.member(atLeast, request -> organizationOf(request.parameter("bookmark")));
    }

    Optional<String> organizationOf(String id) {
        return Ids.isId(id) && entities.get(id).state() instanceof Bookmark.Kept kept
                ? Optional.of(kept.organization())
                : Optional.empty();
    }

    Page<BookmarkList.Item> page(Request request, String organization) {
        Paging paging = Paging.of(request);
        return Page.of(
                list.read(sql -> BookmarkList.of(
                        sql,
                        organization,
                        request.query("tag").filter(it -> !it.isEmpty()),
                        paging.after(),
                        paging.limit() + 1)),
                paging,
                BookmarkList.Item::id);
    }

    Answer<Bookmark> keep(Request request, String address, String title, List<String> tags) {
        String organization = organizations.of(request, Role.EDITOR).id();
        Envelope envelope = sender.envelope(request);
        return shown(entities.tell(
                sender.idFor(request, envelope), new Command.Keep(organization, address, title, tags), envelope));
    }

    /** Tells the bookmark in the path; with If-Match only if it is at that version. */
    Answer<Bookmark> tell(Request request, Command command) {
        String id = request.parameter("bookmark");
        Envelope envelope = sender.envelope(request);
        return shown(request.ifMatch()
                .map(version -> entities.tell(id, version, command, envelope))
                .orElseGet(() -> entities.tell(id, command, envelope)));
    }

    /** Returns once the list shows it, so that people see what they just did. */
    private Answer<Bookmark> shown(Answer<Bookmark> answer) {
        list.await(answer.position(), Reader.PATIENCE);
        return answer;
    }
}
