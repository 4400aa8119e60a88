package leat.notes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import leat.kernel.sql.Sql;

/** The words of notes in SQLite's FTS5, ranked by BM25. The index keeps no text, only where which word is. */
record SqliteNoteSearch() implements NoteSearch {
    static final String[] TABLES = {
        "create table note_doc (doc integer primary key, note text not null unique)",
        "create virtual table note_text using fts5 (title, tags, body, content = '', contentless_delete = 1,"
                + " prefix = '2')",
        // Merging sixteen parts of the index at a time rather than four writes each word half as often.
        "insert into note_text (note_text, rank) values ('automerge', 16)"
    };

    /** How much more a word counts in title and tags than in the body. */
    private static final String RANK = "bm25(note_text, 10.0, 5.0, 1.0)";

    /** The notes whose words fit; the index walks them by their numbers, which is the order of their creation. */
    private static final String FITTING = "note_text cross join note_doc on note_doc.doc = note_text.rowid"
            + " where note_text match ? and note_text.rowid >= ?";

    @Override
    public void learn(Sql sql, String note, Content content) {
        sql.execute("insert into note_doc (note) values (?) on conflict (note) do nothing", note);
        sql.execute(
                "insert or replace into note_text (rowid, title, tags, body)"
                        + " values ((select doc from note_doc where note = ?), ?, ?, ?)",
                note,
                text(content.title()),
                text(String.join(" ", content.tags())),
                text(content.body()));
    }

    private static String text(String text) {
        return String.join(" ", SearchText.words(text));
    }

    @Override
    public void forget(Sql sql, String note) {
        sql.execute("delete from note_text where rowid = (select doc from note_doc where note = ?)", note);
        sql.execute("delete from note_doc where note = ?", note);
    }

    @Override
    public List<NoteList.Item> find(
            Sql sql, String organization, String person, NoteFilter filter, SearchQuery query, int skip, int limit) {
        NoteFilter.Condition condition = filter.condition();
        String seen = " cross join note on id = hit where " + Visibility.OF_ROWS + " and " + condition.sql();
        var values = new ArrayList<Object>();
        Collections.addAll(values, expression(query), 0);
        values.addAll(Visibility.values(organization, person));
        values.addAll(condition.values());
        values.add(RANKED - 1);
        long oldest = sql.number(
                "select doc from (select note_doc.note as hit, note_text.rowid as doc from " + FITTING + ") hits" + seen
                        + " order by doc desc limit 1 offset ?",
                values.toArray());
        values.removeLast();
        values.set(1, oldest);
        Collections.addAll(values, limit, skip);
        // Ranked before what lists show is read: it is wanted of those on the page alone.
        return sql.query(
                "select " + NoteList.columns() + " from (select id as best, score, changed_at as at from"
                        + " (select note_doc.note as hit, " + RANK + " as score from " + FITTING + ") hits" + seen
                        + " order by score, changed_at desc, id desc limit ? offset ?) page cross join note on id = best"
                        + " order by score, at desc, best desc",
                NoteList::item,
                values.toArray());
    }

    /** Words have no quotes in them. */
    private static String expression(SearchQuery query) {
        String wanted = query.wanted().stream().map(SqliteNoteSearch::phrase).collect(Collectors.joining(" AND "));
        String unwanted = query.unwanted().stream()
                .map(phrase -> " NOT " + phrase(phrase))
                .collect(Collectors.joining());
        return "(" + wanted + (query.open() ? " *" : "") + ")" + unwanted;
    }

    private static String phrase(List<String> words) {
        return "\"" + String.join(" ", words) + "\"";
    }
}
