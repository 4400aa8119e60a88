package leat.bookmarks;

import leat.accounts.api.Organizations;
import leat.bookmarks.Bookmark.Command;
import leat.bookmarks.Bookmark.Event;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Module;
import leat.kernel.Process;
import leat.kernel.Reaction;
import leat.kernel.TaskPolicy;
import leat.web.Routes;
import leat.web.Sender;
import leat.web.ui.Icon;
import leat.web.ui.PageRoutes;
import leat.web.ui.Place;

/** Bookmarks, and the task that names those that came without a title. */
public final class BookmarksModule implements Module {
    private final Titles titles;

    /** A module as it is mounted. */
    public BookmarksModule() {
        this(Titles.OF_HOSTS);
    }

    BookmarksModule(Titles titles) {
        this.titles = titles;
    }

    @Override
    public String name() {
        return "bookmarks";
    }

    @Override
    public void define(Definition m) {
        Entities<Command, Event, Bookmark> entities = m.entity(Bookmark.TYPE);
        m.process(Process.named("bookmarks.naming")
                .on(
                        Event.WasKept.class,
                        it -> it.event().title().isEmpty()
                                ? Reaction.<Process.Nothing>none()
                                        .task(
                                                "bookmarks.name",
                                                it.id(),
                                                new Unnamed(it.event().address()),
                                                it.at())
                                : Reaction.none()));
        m.task("bookmarks.name", TaskPolicy.DEFAULT, task -> {
            String title = titles.find(task.payload(Unnamed.class).address());
            entities.tell(task.key(), new Command.Name(title), task.envelope(0));
        });
        var bookmarks = new Bookmarks(
                entities,
                m.view(BookmarkList.VIEW),
                new Organizations(m.asks()),
                m.announcements(),
                new Sender(m.clock(), m.ids()));
        m.adds(Routes.class, Routes.of(new BookmarksApi(bookmarks).table()));
        m.adds(PageRoutes.class, pages -> new BookmarksPages(bookmarks, pages).table());
        m.adds(Place.class, new Place("Bookmarks", "/bookmarks", Icon.LINK, 50).shortcut("g b"));
    }

    /** What the task needs to know, as it stands in the journal's database until the task is done. */
    record Unnamed(String address) {}
}
