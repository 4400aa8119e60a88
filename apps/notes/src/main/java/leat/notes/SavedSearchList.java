package leat.notes;

import java.util.List;
import leat.kernel.View;
import leat.kernel.sql.Sql;
import leat.notes.SavedSearch.Event;

/** Everybody's saved searches. */
final class SavedSearchList {
    /** Of one person in one organization, at which no more are saved. */
    static final int MAX = 100;

    static final View VIEW = View.named("notes.searches", 1)
            .tables(
                    "create table saved_search (id text primary key, organization text not null, person text not null,"
                            + " name text not null, query text not null, removed integer not null)",
                    "create index saved_search_person on saved_search (organization, person, removed, name)")
            .on(
                    Event.WasSaved.class,
                    (sql, it) -> sql.execute(
                            "insert into saved_search (id, organization, person, name, query, removed)"
                                    + " values (?, ?, ?, ?, ?, 0)",
                            it.id(),
                            it.event().organization(),
                            it.event().person(),
                            it.event().name(),
                            it.event().query()))
            .on(
                    Event.Renamed.class,
                    (sql, it) -> sql.execute(
                            "update saved_search set name = ? where id = ?",
                            it.event().name(),
                            it.id()))
            .on(
                    Event.WasRemoved.class,
                    (sql, it) -> sql.execute("update saved_search set removed = 1 where id = ?", it.id()))
            .on(
                    Event.Recovered.class,
                    (sql, it) -> sql.execute("update saved_search set removed = 0 where id = ?", it.id()));

    private SavedSearchList() {}

    record Item(String id, String name, String query) {}

    /** Ids of all that are somebody's, in any organization. */
    static List<String> ofPerson(Sql sql, String person) {
        return sql.query(
                "select id from saved_search where person = ? and removed = 0 order by id", row -> row.text(1), person);
    }

    /** By name. */
    static List<Item> of(Sql sql, String organization, String person) {
        return sql.query(
                "select id, name, query from saved_search where organization = ? and person = ? and removed = 0"
                        + " order by name, id limit ?",
                row -> new Item(row.text(1), row.text(2), row.text(3)),
                organization,
                person,
                MAX);
    }
}
