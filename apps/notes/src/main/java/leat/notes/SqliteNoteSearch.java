package leat.notes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import leat.kernel.sql.Sql;

/**
 * The words of notes in SQLite's FTS5, ranked by BM25. The index keeps no text, only where which word is; beside it lies the
 * text that is shown of what was found.
 *
 * <p>Both are found by the number of the note's row, which stays: rows are never deleted, and views never vacuumed.
 */
record SqliteNoteSearch() implements NoteSearch {
    static final String[] TABLES = {
        "create table note_plain (doc integer primary key, plain text not null)",
        "create virtual table note_text using fts5 (title, tags, body, content = '', contentless_delete = 1,"
                + " prefix = '2')",
        // Merging sixteen parts of the index at a time rather than four writes each word half as often.
        "insert into note_text (note_text, rank) values ('automerge', 16)"
    };

    /** The notes that fit, with how well; a word counts more in title and tags than in the body. */
    private static final String FITTING = "(select note_text.rowid as hit, bm25(note_text, 10.0, 5.0, 1.0) as score"
            + " from note_text where note_text match ?) hits cross join note on note.rowid = hit";

    private static final String ROW_OF_NOTE = "(select rowid from note where id = ?)";

    @Override
    public void learn(Sql sql, String note, Content content, String plain) {
        sql.execute(
                "insert or replace into note_text (rowid, title, tags, body) values (" + ROW_OF_NOTE + ", ?, ?, ?)",
                note,
                text(content.title()),
                text(String.join(" ", content.tags())),
                text(content.body()));
        sql.execute("insert or replace into note_plain (doc, plain) values (" + ROW_OF_NOTE + ", ?)", note, plain);
    }

    private static String text(String text) {
        return String.join(" ", SearchText.words(text));
    }

    @Override
    public void forget(Sql sql, String note) {
        sql.execute("delete from note_text where rowid = " + ROW_OF_NOTE, note);
        sql.execute("delete from note_plain where doc = " + ROW_OF_NOTE, note);
    }

    @Override
    public List<Match> find(
            Sql sql, String organization, String person, NoteFilter filter, SearchQuery query, int skip, int limit) {
        NoteFilter.Condition condition = filter.condition();
        var values = new ArrayList<Object>();
        values.add(expression(query));
        values.addAll(Visibility.values(organization, person));
        values.addAll(condition.values());
        Collections.addAll(values, RANKED, limit, skip);
        // The index walks what fits downwards; what lists show is read of those on the page alone.
        return sql.query(
                "select " + NoteList.columns() + ", plain from (select best, score from"
                        + " (select hit as best, score, changed_at as at, id as named from " + FITTING + " where "
                        + Visibility.OF_ROWS + " and " + condition.sql() + " order by hit desc limit ?)"
                        + " order by score, at desc, named desc limit ? offset ?) page"
                        + " cross join note on note.rowid = best join note_plain on doc = best"
                        + " order by score, changed_at desc, id desc",
                Match::of,
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
