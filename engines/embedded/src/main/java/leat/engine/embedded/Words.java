package leat.engine.embedded;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import leat.kernel.sql.Sql;

/**
 * Event types and kinds of tasks as the small numbers that stand for them in the journal; remembered, for there are few.
 *
 * <p>The writer has its own, which it forgets with an undone transaction; the readers share one, which learns only what
 * is committed.
 */
final class Words {
    private final Map<Integer, String> words = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    String word(Sql sql, int number) {
        String known = words.get(number);
        if (known != null) {
            return known;
        }
        String word = sql.first("select word from word where id = ?", row -> row.text(1), number)
                .orElseThrow(() -> new IllegalStateException("the journal knows no word " + number));
        words.put(number, word);
        return word;
    }

    Optional<Integer> number(Sql sql, String word) {
        Integer known = numbers.get(word);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Integer> number = sql.first("select id from word where word = ?", row -> row.integer(1), word);
        number.ifPresent(n -> numbers.put(word, n));
        return number;
    }

    /** The number of a word, which is given one when it is new. */
    int intern(Sql sql, String word) {
        return number(sql, word).orElseGet(() -> {
            sql.execute("insert into word (word) values (?)", word);
            return number(sql, word).orElseThrow();
        });
    }

    void forget() {
        words.clear();
        numbers.clear();
    }
}
