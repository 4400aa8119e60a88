package leat.notes;

import java.sql.SQLException;
import java.util.List;
import leat.kernel.sql.Dialect;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/**
 * The words of every note, in the database of {@link NoteList}: full text in the way of the engine, which finds and ranks;
 * {@link SearchText} says what a word is, for all engines alike. A word in the title counts more than one among the tags, and
 * that more than one in the body.
 */
sealed interface NoteSearch permits SqliteNoteSearch, PostgresNoteSearch {

    /** Of more notes that fit than these, only those that came last are ranked; the others are not found. */
    int RANKED = 1_000;

    /** The one for the database that is at hand. */
    static NoteSearch in(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> new SqliteNoteSearch();
            case POSTGRESQL -> new PostgresNoteSearch();
        };
    }

    /** A note that fits, with its body as {@link leat.notes.text.PlainText} reads it. */
    record Match(NoteList.Item item, String plain) {
        static Match of(Row row) throws SQLException {
            return new Match(NoteList.item(row), row.text(NoteList.COLUMN_COUNT + 1));
        }
    }

    /**
     * Takes the place of what was known of the note.
     *
     * @param plain its body as it reads
     */
    void learn(Sql sql, String note, Content content, String plain);

    void forget(Sql sql, String note);

    /**
     * What a person sees of what is wanted, the best first.
     *
     * @param query that is not empty
     * @param skip how many of the best to leave out
     */
    List<Match> find(
            Sql sql, String organization, String person, NoteFilter filter, SearchQuery query, int skip, int limit);
}
