package leat.mocks;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/** Every mock that is kept, as lists and serving nodes see it. */
final class MockList {
    /** Mocks of one organization. */
    static final int MAX_PER_ORGANIZATION = 200;

    /** Before the id of a mock: what is announced when its row has changed. */
    static final String TOPIC = "mocks.mock/";

    private static final String COLUMNS =
            "id, organization, organization_name, name, status, revision, head, live, artefact, routes, created_at,"
                    + " changed_at, version";

    static final View VIEW = View.named("mocks.list", 1)
            .tables(
                    "create table mock (id text primary key, organization text not null, organization_name text not null,"
                            + " name text not null, status text not null, revision integer not null, head integer not null,"
                            + " live integer, artefact text, routes integer not null, created_at bigint not null,"
                            + " changed_at bigint not null, version bigint not null)",
                    "create index mock_organization on mock (organization, name)")
            .on(
                    Mock.Event.Created.class,
                    (sql, it) -> sql.execute(
                            "insert into mock (id, organization, organization_name, name, status, revision, head, routes,"
                                    + " created_at, changed_at, version) values (?, ?, ?, ?, 'draft', 0, 0, 0, ?, ?, ?)",
                            it.id(),
                            it.event().organization(),
                            it.event().organizationName(),
                            it.event().name(),
                            it.at(),
                            it.at(),
                            it.version()))
            .on(Mock.Event.Saved.class, (sql, it) -> saved(sql, it, it.event().revision()))
            .on(
                    Mock.Event.RolledBack.class,
                    (sql, it) -> saved(sql, it, it.event().revision()))
            .on(
                    Mock.Event.PublicationRequested.class,
                    (sql, it) -> status(sql, it, "publishing", it.event().revision()))
            .on(
                    Mock.Event.Compiled.class,
                    (sql, it) -> sql.execute(
                            "update mock set live = ?, artefact = ?, routes = ?, version = ? where id = ?",
                            it.event().revision(),
                            it.event().artefact(),
                            it.event().routes(),
                            it.version(),
                            it.id()))
            .on(
                    Mock.Event.Rejected.class,
                    (sql, it) -> status(sql, it, "invalid", it.event().revision()))
            .on(
                    Mock.Event.PublicationFailed.class,
                    (sql, it) -> status(sql, it, "failed", it.event().revision()))
            .on(
                    Mock.Event.Published.class,
                    (sql, it) -> status(sql, it, "published", it.event().revision()))
            .on(
                    Mock.Event.WasUnpublished.class,
                    (sql, it) -> sql.execute(
                            "update mock set status = 'unpublished', live = null, artefact = null, version = ?"
                                    + " where id = ?",
                            it.version(),
                            it.id()))
            .on(Mock.Event.WasRemoved.class, (sql, it) -> sql.execute("delete from mock where id = ?", it.id()))
            .announces(Mock.Event.Created.class, MockList::topic)
            .announces(Mock.Event.Saved.class, MockList::topic)
            .announces(Mock.Event.RolledBack.class, MockList::topic)
            .announces(Mock.Event.PublicationRequested.class, MockList::topic)
            .announces(Mock.Event.Compiled.class, MockList::topic)
            .announces(Mock.Event.Rejected.class, MockList::topic)
            .announces(Mock.Event.PublicationFailed.class, MockList::topic)
            .announces(Mock.Event.Published.class, MockList::topic)
            .announces(Mock.Event.WasUnpublished.class, MockList::topic)
            .announces(Mock.Event.WasRemoved.class, MockList::topic);

    private MockList() {}

    /**
     * One mock.
     *
     * @param status {@code draft}, {@code invalid}, {@code publishing}, {@code failed}, {@code published} or
     *     {@code unpublished}
     * @param revision the one that the status speaks of; 0 while nobody has asked for publication
     * @param head the newest revision
     * @param live what answers requests
     * @param routes of what is live
     * @param changedAt when its text last changed
     */
    record Item(
            String id,
            Mock.Identity identity,
            String status,
            int revision,
            int head,
            Optional<Mock.Live> live,
            int routes,
            Instant createdAt,
            Instant changedAt,
            long version) {}

    /**
     * By name, behind a name.
     *
     * @param part what names must have in them; empty for all
     */
    static List<Item> of(Sql sql, String organization, String part, String afterName, int limit) {
        return sql.query(
                "select " + COLUMNS
                        + " from mock where organization = ? and name like ? and name > ? order by name limit ?",
                MockList::item,
                organization,
                "%" + part.replaceAll("[^a-z0-9-]", "") + "%",
                afterName,
                limit);
    }

    static long count(Sql sql, String organization) {
        return sql.number("select count(*) from mock where organization = ?", organization);
    }

    static Optional<Item> find(Sql sql, String id) {
        return sql.first("select " + COLUMNS + " from mock where id = ?", MockList::item, id);
    }

    /** Everything that should be answering requests. */
    static List<Item> live(Sql sql) {
        return sql.query("select " + COLUMNS + " from mock where artefact is not null", MockList::item);
    }

    private static Item item(Row row) throws SQLException {
        Optional<Long> live = row.optionalNumber(8);
        Optional<String> artefact = row.optionalText(9);
        return new Item(
                row.text(1),
                new Mock.Identity(row.text(2), row.text(3), row.text(4)),
                row.text(5),
                row.integer(6),
                row.integer(7),
                live.flatMap(revision -> artefact.map(hash -> new Mock.Live(revision.intValue(), hash))),
                row.integer(10),
                row.time(11),
                row.time(12),
                row.number(13));
    }

    private static void saved(Sql sql, Recorded<?> it, int revision) {
        sql.execute(
                "update mock set head = ?, changed_at = ?, version = ?,"
                        + " revision = case when status in ('invalid', 'failed') then coalesce(live, 0) else revision end,"
                        + " status = case when status not in ('invalid', 'failed') then status"
                        + " when live is null then 'draft' else 'published' end where id = ?",
                revision,
                it.at(),
                it.version(),
                it.id());
    }

    private static void status(Sql sql, Recorded<?> it, String status, int revision) {
        sql.execute(
                "update mock set status = ?, revision = ?, version = ? where id = ?",
                status,
                revision,
                it.version(),
                it.id());
    }

    private static String topic(Recorded<?> it) {
        return TOPIC + it.id();
    }
}
