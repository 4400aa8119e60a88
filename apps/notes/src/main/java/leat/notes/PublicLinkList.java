package leat.notes;

import java.time.Instant;
import java.util.List;
import leat.kernel.View;
import leat.kernel.sql.Sql;

/** The public links that were made and not revoked, for those who may revoke them. */
final class PublicLinkList {
    /** Links of one note or notebook that are not revoked. */
    static final int MAX = 20;

    static final View VIEW = View.named("notes.links", 1)
            .tables(
                    "create table public_link (id text primary key, target text not null, made_at bigint not null,"
                            + " until_at bigint not null)",
                    "create index public_link_target on public_link (target)")
            .on(
                    PublicLink.Event.WasMade.class,
                    (sql, it) -> sql.execute(
                            "insert into public_link (id, target, made_at, until_at) values (?, ?, ?, ?)",
                            it.id(),
                            it.event().target().id(),
                            it.at(),
                            it.event().until()))
            .on(
                    PublicLink.Event.WasRevoked.class,
                    (sql, it) -> sql.execute("delete from public_link where id = ?", it.id()));

    private PublicLinkList() {}

    /** @param until when it stops working, or has stopped */
    record Item(String id, Instant madeAt, Instant until) {}

    /** Those of a note or a notebook, the newest first. */
    static List<Item> of(Sql sql, String target) {
        return sql.query(
                "select id, made_at, until_at from public_link where target = ? order by made_at desc, id desc limit ?",
                row -> new Item(row.text(1), row.time(2), row.time(3)),
                target,
                2 * MAX);
    }
}
