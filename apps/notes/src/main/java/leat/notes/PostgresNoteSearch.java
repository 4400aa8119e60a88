package leat.notes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import leat.kernel.sql.Sql;

/**
 * The words of notes in PostgreSQL's full text. Vectors and queries are written out word by word instead of being left to the
 * server's parser, which would take addresses and numbers for words of their own kind.
 *
 * <p>Each text has a number, the higher the later it came: frequent words are found by walking these downwards, others by
 * their index, as the planner decides.
 *
 * <p>PostgreSQL numbers words up to {@link #LAST_POSITION} only, so that phrases are found no further down.
 */
record PostgresNoteSearch() implements NoteSearch {
    static final String[] TABLES = {
        "create table note_text (note text primary key, words tsvector not null, plain text not null,"
                + " doc bigint generated always as identity unique)",
        "create index note_text_words on note_text using gin (words)"
    };

    private static final int LAST_POSITION = 16_383;

    /** Places that PostgreSQL keeps of a word. */
    private static final int MAX_PLACES = 255;

    @Override
    public void learn(Sql sql, String note, Content content, String plain) {
        sql.execute(
                "insert into note_text (note, words, plain) values (?, cast(? as tsvector), ?)"
                        + " on conflict (note) do update set words = excluded.words, plain = excluded.plain",
                note,
                vector(content),
                plain);
    }

    /** {@code 'roof':1A,7 'slate':8}: each word with its places, and how much it counts there. */
    private static String vector(Content content) {
        Map<String, List<String>> places = new LinkedHashMap<>();
        int next = place(places, SearchText.words(content.title()), 1, "A");
        next = place(places, SearchText.words(String.join(" ", content.tags())), next, "B");
        place(places, SearchText.words(content.body()), next, "");
        var vector = new StringJoiner(" ");
        places.forEach((word, at) -> vector.add("'" + word + "':" + String.join(",", at)));
        return vector.toString();
    }

    /** A number is left out behind each text, so that no phrase reaches from one into the next. */
    private static int place(Map<String, List<String>> places, List<String> words, int first, String weight) {
        int next = first;
        for (String word : words) {
            List<String> at = places.computeIfAbsent(word, any -> new ArrayList<>());
            if (at.size() < MAX_PLACES) {
                at.add(Math.min(next, LAST_POSITION) + weight);
            }
            next++;
        }
        return next + 1;
    }

    @Override
    public void forget(Sql sql, String note) {
        sql.execute("delete from note_text where note = ?", note);
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
        return sql.query(
                "with asked as (select cast(? as tsquery) as query), fitting as (select id as hit, words, plain, query from note"
                        + " join note_text on note_text.note = id cross join asked where words @@ query and "
                        + Visibility.OF_ROWS + " and " + condition.sql() + " order by doc desc limit ?)"
                        + " select " + NoteList.columns() + ", plain from note join fitting on id = hit"
                        + " order by ts_rank(words, query) desc, changed_at desc, id desc limit ? offset ?",
                Match::of,
                values.toArray());
    }

    /** Words have no quotes in them. */
    private static String expression(SearchQuery query) {
        String wanted = query.wanted().stream().map(PostgresNoteSearch::phrase).collect(Collectors.joining(" & "));
        String unwanted = query.unwanted().stream()
                .map(phrase -> " & !(" + phrase(phrase) + ")")
                .collect(Collectors.joining());
        return wanted + (query.open() ? ":*" : "") + unwanted;
    }

    private static String phrase(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" <-> "));
    }
}
