package leat.notes;

import java.util.List;
import leat.kernel.View;
import leat.kernel.sql.Sql;

/** The tags that have colours. */
final class TagList {
    /** Of one organization. */
    static final int MAX = 1_000;

    static final View VIEW = View.named("notes.tags", 1)
            .tables(
                    "create table tag (id text primary key, organization text not null, title text not null,"
                            + " color text not null)",
                    "create index tag_organization on tag (organization, title)")
            .on(
                    Tag.Event.WasDefined.class,
                    (sql, it) -> sql.execute(
                            "insert into tag (id, organization, title, color) values (?, ?, ?, ?)",
                            it.id(),
                            it.event().organization(),
                            it.event().title(),
                            it.event().color()))
            .on(
                    Tag.Event.Recolored.class,
                    (sql, it) -> sql.execute(
                            "update tag set color = ? where id = ?", it.event().color(), it.id()))
            .on(Tag.Event.WasRemoved.class, (sql, it) -> sql.execute("delete from tag where id = ?", it.id()));

    private TagList() {}

    record Item(String id, String title, String color) {}

    /** By title. */
    static List<Item> of(Sql sql, String organization) {
        return sql.query(
                "select id, title, color from tag where organization = ? order by title limit ?",
                row -> new Item(row.text(1), row.text(2), row.text(3)),
                organization,
                MAX);
    }
}
