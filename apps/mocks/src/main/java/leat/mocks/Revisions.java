package leat.mocks;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/** Every revision of every mock that is kept: what its text is, who wrote it and when, and when it first went live. */
final class Revisions {
    private static final String COLUMNS = "number, hash, bytes, lines, at, by, restores, live_at";

    static final View VIEW = View.named("mocks.revisions", 1)
            .tables("create table revision (mock text not null, number integer not null, hash text not null,"
                    + " bytes bigint not null, lines integer not null, at bigint not null, by text not null,"
                    + " restores integer, live_at bigint, primary key (mock, number))")
            .on(
                    Mock.Event.Saved.class,
                    (sql, it) -> add(sql, it, it.event().revision(), it.event().source(), Optional.empty()))
            .on(
                    Mock.Event.RolledBack.class,
                    (sql, it) -> add(
                            sql,
                            it,
                            it.event().revision(),
                            it.event().source(),
                            Optional.of(it.event().to())))
            .on(
                    Mock.Event.Published.class,
                    (sql, it) -> sql.execute(
                            "update revision set live_at = ? where mock = ? and number = ? and live_at is null",
                            it.at(),
                            it.id(),
                            it.event().revision()))
            .on(Mock.Event.WasRemoved.class, (sql, it) -> sql.execute("delete from revision where mock = ?", it.id()));

    private Revisions() {}

    /**
     * One revision.
     *
     * @param by who saved it, as its envelope said
     * @param restores the older revision whose text it brought back
     * @param liveAt when it first answered requests
     */
    record Item(Mock.Revision revision, Instant at, String by, Optional<Integer> restores, Optional<Instant> liveAt) {}

    /** The newest first, behind a number. */
    static List<Item> of(Sql sql, String mock, int before, int limit) {
        return sql.query(
                "select " + COLUMNS + " from revision where mock = ? and number < ? order by number desc limit ?",
                Revisions::item,
                mock,
                before,
                limit);
    }

    static Optional<Item> find(Sql sql, String mock, int number) {
        return sql.first(
                "select " + COLUMNS + " from revision where mock = ? and number = ?", Revisions::item, mock, number);
    }

    private static void add(Sql sql, Recorded<?> it, int number, Mock.Source source, Optional<Integer> restores) {
        sql.execute(
                "insert into revision (mock, number, hash, bytes, lines, at, by, restores)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                it.id(),
                number,
                source.hash(),
                source.bytes(),
                source.lines(),
                it.at(),
                it.by(),
                restores);
    }

    private static Item item(Row row) throws SQLException {
        return new Item(
                new Mock.Revision(row.integer(1), new Mock.Source(row.text(2), row.number(3), row.integer(4))),
                row.time(5),
                row.text(6),
                row.optionalNumber(7).map(Long::intValue),
                row.optionalTime(8));
    }
}
