package leat.notes;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;
import leat.notes.Comment.Event;

/**
 * The comments on every note, and who reacted to them how. With a note that is removed for good its comments go, in whatever
 * order the events of the two arrive.
 */
final class CommentList {
    /** Comments on one note, at which no more are taken. */
    static final int MAX_PER_NOTE = 1_000;

    /** Before the id of a comment: what is announced when its row has changed. */
    static final String TOPIC = "notes.comment/";

    static final View VIEW = View.named("notes.comments", 1)
            .tables(
                    "create table note_comment (id text primary key, note text not null, parent text, author text not null,"
                            + " title text not null, body text not null, color text, stars integer not null,"
                            + " at bigint not null, changed_at bigint not null, removed integer not null,"
                            + " version bigint not null)",
                    "create index note_comment_note on note_comment (note, at, id)",
                    "create index note_comment_parent on note_comment (parent)",
                    "create table comment_reaction (comment_id text not null, sign text not null, person text not null,"
                            + " primary key (comment_id, sign, person))",
                    "create table gone_note (note text primary key)")
            .on(Note.Event.Expired.class, (sql, it) -> {
                sql.execute("insert into gone_note (note) values (?)", it.id());
                sql.execute(
                        "delete from comment_reaction where comment_id in (select id from note_comment where note = ?)",
                        it.id());
                sql.execute("delete from note_comment where note = ?", it.id());
            })
            .on(Event.WasSaid.class, (sql, it) -> {
                if (sql.number(
                                "select count(*) from gone_note where note = ?",
                                it.event().note())
                        == 0) {
                    sql.execute(
                            "insert into note_comment (id, note, parent, author, title, body, color, stars, at, changed_at,"
                                    + " removed, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
                            it.id(),
                            it.event().note(),
                            it.event().parent(),
                            it.event().author(),
                            it.event().text().title(),
                            it.event().text().body(),
                            it.event().text().color(),
                            it.event().text().stars(),
                            it.at(),
                            it.at(),
                            it.version());
                }
            })
            .on(
                    Event.Reworded.class,
                    (sql, it) -> sql.execute(
                            "update note_comment set title = ?, body = ?, color = ?, stars = ?, changed_at = ?, version = ?"
                                    + " where id = ?",
                            it.event().text().title(),
                            it.event().text().body(),
                            it.event().text().color(),
                            it.event().text().stars(),
                            it.at(),
                            it.version(),
                            it.id()))
            .on(Event.WasRemoved.class, (sql, it) -> {
                sql.execute(
                        "update note_comment set title = '', body = '', color = null, stars = 0, changed_at = ?,"
                                + " removed = 1, version = ? where id = ?",
                        it.at(),
                        it.version(),
                        it.id());
                sql.execute("delete from comment_reaction where comment_id = ?", it.id());
            })
            .on(Event.Reacted.class, (sql, it) -> {
                if (moved(sql, it)) {
                    sql.execute(
                            "insert into comment_reaction (comment_id, sign, person) values (?, ?, ?)",
                            it.id(),
                            it.event().sign(),
                            it.event().person());
                }
            })
            .on(Event.Unreacted.class, (sql, it) -> {
                if (moved(sql, it)) {
                    sql.execute(
                            "delete from comment_reaction where comment_id = ? and sign = ? and person = ?",
                            it.id(),
                            it.event().sign(),
                            it.event().person());
                }
            })
            .announces(Event.WasSaid.class, CommentList::topic)
            .announces(Event.Reworded.class, CommentList::topic)
            .announces(Event.WasRemoved.class, CommentList::topic)
            .announces(Event.Reacted.class, CommentList::topic)
            .announces(Event.Unreacted.class, CommentList::topic);

    private CommentList() {}

    /**
     * One comment.
     *
     * @param removed whether only its place is left, for those who answered it
     */
    record Item(
            String id,
            Optional<String> parent,
            String author,
            Comment.Text text,
            Instant at,
            Instant changedAt,
            boolean removed,
            long version) {}

    /** How many have reacted to a comment with a sign, and whether the reader has. */
    record Count(String comment, String sign, int people, boolean mine) {}

    /** Those on a note, the oldest first; one that was removed is left out when nobody answered it. */
    static List<Item> of(Sql sql, String note) {
        return sql.query(
                "select id, parent, author, title, body, color, stars, at, changed_at, removed, version from note_comment c"
                        + " where note = ? and (removed = 0"
                        + " or exists (select 1 from note_comment answer where answer.parent = c.id))"
                        + " order by at, id limit ?",
                CommentList::item,
                note,
                MAX_PER_NOTE);
    }

    static List<Count> reactions(Sql sql, String note, String person) {
        return sql.query(
                "select comment_id, sign, count(*), max(case when person = ? then 1 else 0 end) from comment_reaction"
                        + " where comment_id in (select id from note_comment where note = ?)"
                        + " group by comment_id, sign order by comment_id, sign",
                row -> new Count(row.text(1), row.text(2), row.integer(3), row.truth(4)),
                person,
                note);
    }

    static long count(Sql sql, String note) {
        return sql.number("select count(*) from note_comment where note = ?", note);
    }

    /** Ids of the comments that somebody made and that are still there. */
    static List<String> saidBy(Sql sql, String person) {
        return sql.query(
                "select id from note_comment where author = ? and removed = 0 order by id", row -> row.text(1), person);
    }

    private static String topic(Recorded<?> it) {
        return TOPIC + it.id();
    }

    /** Whether the comment is still there. */
    private static boolean moved(Sql sql, Recorded<?> it) {
        return sql.change("update note_comment set version = ? where id = ?", it.version(), it.id()) > 0;
    }

    private static Item item(Row row) throws SQLException {
        return new Item(
                row.text(1),
                row.optionalText(2),
                row.text(3),
                new Comment.Text(row.text(4), row.text(5), row.optionalText(6), row.integer(7)),
                row.time(8),
                row.time(9),
                row.truth(10),
                row.number(11));
    }
}
