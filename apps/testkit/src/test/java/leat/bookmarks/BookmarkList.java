package leat.bookmarks;

import java.util.List;
import java.util.Optional;
import leat.bookmarks.Bookmark.Event;
import leat.kernel.View;
import leat.kernel.sql.Sql;

/** What the list shows: an organization's bookmarks, the newest first. */
final class BookmarkList {
    /** Topics are this and the organization's id. */
    static final String TOPIC = "bookmarks.of.";

    static final View VIEW = View.named("bookmarks.list", 1)
            .tables(
                    "create table bookmark (id text primary key, organization text not null, address text not null,"
                            + " title text not null, tags text not null)",
                    "create index bookmark_organization on bookmark (organization, id)")
            .on(
                    Event.WasKept.class,
                    (sql, it) -> sql.execute(
                            "insert into bookmark (id, organization, address, title, tags) values (?, ?, ?, ?, ?)",
                            it.id(),
                            it.event().organization(),
                            it.event().address(),
                            it.event().title(),
                            column(it.event().tags())))
            .on(
                    Event.Revised.class,
                    (sql, it) -> sql.execute(
                            "update bookmark set title = ?, tags = ? where id = ?",
                            it.event().title(),
                            column(it.event().tags()),
                            it.id()))
            .on(Event.WasRemoved.class, (sql, it) -> sql.execute("delete from bookmark where id = ?", it.id()))
            .announces(Event.WasKept.class, it -> TOPIC + it.id())
            .announces(Event.Revised.class, it -> TOPIC + it.id())
            .announces(Event.WasRemoved.class, it -> TOPIC + it.id());

    private static final String PAST_ALL_IDS = "ZZZZZZZZZZZZZZ";

    private BookmarkList() {}

    record Item(String id, String address, String title, List<String> tags) {}

    /**
     * The newest first, for ids are sorted by time.
     *
     * @param after continues behind this id
     */
    static List<Item> of(Sql sql, String organization, Optional<String> tag, Optional<String> after, int limit) {
        return sql.query(
                "select id, address, title, tags from bookmark"
                        + " where organization = ? and tags like ? escape '!' and id < ? order by id desc limit ?",
                row -> new Item(row.text(1), row.text(2), row.text(3), tags(row.text(4))),
                organization,
                tag.map(it -> "% " + it.replaceAll("[!%_]", "!$0") + " %").orElse("%"),
                after.orElse(PAST_ALL_IDS),
                limit);
    }

    /** Tags with a space before, between and after them, so that one is found whole. */
    private static String column(List<String> tags) {
        return " " + String.join(" ", tags) + " ";
    }

    private static List<String> tags(String column) {
        return column.isBlank() ? List.of() : List.of(column.strip().split(" ", -1));
    }
}
