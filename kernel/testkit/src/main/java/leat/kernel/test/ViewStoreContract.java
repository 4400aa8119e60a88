package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import leat.kernel.port.ViewStore;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;
import org.junit.jupiter.api.Test;

/** What a view store promises: own tables for each view, whole transactions, a rebuilt one swapped in at once. */
public abstract class ViewStoreContract extends EngineContract {
    private static final List<String> SCHEMA =
            List.of("create table note (id text primary key, title text)", "create index note_title on note (title)");

    protected ViewStoreContract() {}

    private ViewStore.Database openNotes() {
        return engine.views().open("notes.list", "v1", SCHEMA);
    }

    private static void add(ViewStore.Database database, String... ids) {
        database.write(sql -> {
            for (String id : ids) {
                sql.execute("insert into note (id, title) values (?, ?)", id, "Note " + id);
            }
        });
    }

    private static long count(ViewStore.Database database) {
        return database.read(ViewStoreContract::count);
    }

    private static List<String> ids(ViewStore.Database database) {
        return database.read(sql -> sql.query("select id from note order by id", row -> row.text(1)));
    }

    private static long count(Sql sql) {
        return sql.number("select count(*) from note");
    }

    @Test
    public void a_view_is_told_which_database_it_is_in() {
        openNotes()
                .write(sql -> assertThat(sql.dialect()).isEqualTo(engine.views().dialect()));
        assertThat(openNotes().read(Sql::dialect)).isEqualTo(engine.views().dialect());
    }

    @Test
    public void two_views_have_tables_of_one_name_with_columns_of_different_kinds() {
        ViewStore.Database numbers =
                engine.views().open("notes.numbers", "v1", List.of("create table thing (value integer)"));
        ViewStore.Database words = engine.views().open("notes.words", "v1", List.of("create table thing (value text)"));
        for (int i = 1; i <= 8; i++) {
            int number = i;
            numbers.write(sql -> sql.execute("insert into thing (value) values (?)", number));
            words.write(sql -> sql.execute("insert into thing (value) values (?)", "word " + number));
            List<Integer> highest = numbers.read(
                    sql -> sql.query("select value from thing order by value desc limit 1", row -> row.integer(1)));
            List<String> last = words.read(
                    sql -> sql.query("select value from thing order by value desc limit 1", row -> row.text(1)));
            assertThat(highest).containsExactly(number);
            assertThat(last).containsExactly("word " + number);
        }
    }

    @Test
    public void what_was_written_is_read_and_found_again() throws Exception {
        add(openNotes(), "a", "b");
        assertThat(count(openNotes())).isEqualTo(2);
        reopen();
        assertThat(count(openNotes())).isEqualTo(2);
    }

    @Test
    public void what_was_changed_is_seen_by_the_next_question_of_the_same_work() {
        ViewStore.Database database = openNotes();
        database.write(sql -> {
            for (int i = 0; i < 1_200; i++) {
                sql.execute("insert into note (id) values (?)", "n" + i);
                if (i % 400 == 0) {
                    assertThat(count(sql)).isEqualTo(i + 1);
                }
            }
            sql.execute("delete from note where id = ?", "n5");
            sql.execute("insert into note (id) values (?)", "n5");
            assertThat(sql.change("delete from note where id >= ?", "n")).isEqualTo(1_200);
            sql.execute("insert into note (id) values (?)", "last");
        });
        assertThat(ids(database)).containsExactly("last");
    }

    @Test
    public void a_change_that_fails_late_undoes_the_whole_work() {
        ViewStore.Database database = openNotes();
        assertThatThrownBy(() -> database.write(sql -> {
                    sql.execute("insert into note (id) values (?)", "twice");
                    sql.execute("insert into note (id) values (?)", "twice");
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(ids(database)).isEmpty();
        add(database, "once");
        assertThat(ids(database)).containsExactly("once");
    }

    @Test
    public void work_that_throws_is_undone() {
        ViewStore.Database notes = openNotes();
        assertThatThrownBy(() -> notes.write(sql -> {
                    sql.execute("insert into note (id, title) values ('a', 'A')");
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(count(notes)).isZero();
        add(notes, "a");
        assertThat(count(notes)).isEqualTo(1);
    }

    @Test
    public void a_reader_cannot_write() {
        ViewStore.Database notes = openNotes();
        assertThatThrownBy(() -> notes.read(sql -> sql.change("insert into note (id, title) values ('a', 'A')")))
                .isInstanceOf(SqlException.class);
        add(notes, "a");
        assertThat(count(notes)).isEqualTo(1);
    }

    @Test
    public void a_reader_keeps_its_snapshot_while_others_write() throws Exception {
        ViewStore.Database notes = openNotes();
        add(notes, "a");
        long[] seen = notes.read(sql -> {
            long before = count(sql);
            Thread writer = Thread.ofVirtual().start(() -> add(notes, "b"));
            join(writer);
            return new long[] {before, count(sql)};
        });
        assertThat(seen).containsExactly(1, 1);
        assertThat(count(notes)).isEqualTo(2);
    }

    @Test
    public void many_read_at_once() throws Exception {
        ViewStore.Database notes = openNotes();
        add(notes, "a");
        int readers = 12;
        CountDownLatch all = new CountDownLatch(readers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> counts = java.util.stream.IntStream.range(0, readers)
                    .mapToObj(i -> threads.submit(() -> {
                        all.countDown();
                        return count(notes);
                    }))
                    .toList();
            for (Future<Long> count : counts) {
                assertThat(count.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
            }
        }
    }

    @Test
    public void table_names_of_two_views_do_not_meet() {
        ViewStore.Database other = engine.views().open("notes.other", "v1", SCHEMA);
        add(openNotes(), "a");
        assertThat(count(other)).isZero();
    }

    @Test
    public void a_new_tag_begins_empty() {
        add(openNotes(), "a");
        assertThat(count(engine.views().open("notes.list", "v2", SCHEMA))).isZero();
        assertThat(count(openNotes())).isEqualTo(1);
    }

    @Test
    public void a_rebuilt_view_takes_the_place_of_the_live_one() throws Exception {
        ViewStore.Database live = openNotes();
        add(live, "old");
        ViewStore.Database beside = engine.views().beside("notes.list", "v1", SCHEMA);
        assertThat(count(beside)).isZero();
        add(beside, "a", "b", "c");
        assertThat(count(live)).isEqualTo(1);
        ViewStore.Database swapped = engine.views().swap(live, beside);
        assertThat(count(swapped)).isEqualTo(3);
        add(swapped, "d");
        assertThat(count(openNotes())).isEqualTo(4);
        reopen();
        assertThat(count(openNotes())).isEqualTo(4);
    }

    @Test
    public void a_reader_under_way_finishes_on_the_old_tables() {
        ViewStore.Database live = openNotes();
        add(live, "old");
        ViewStore.Database beside = engine.views().beside("notes.list", "v1", SCHEMA);
        long seen = live.read(sql -> {
            count(sql);
            join(Thread.ofVirtual().start(() -> engine.views().swap(live, beside)));
            return count(sql);
        });
        assertThat(seen).isEqualTo(1);
        assertThat(count(openNotes())).isZero();
    }

    @Test
    public void a_rebuilding_that_was_broken_off_begins_anew() throws Exception {
        add(openNotes(), "live");
        add(engine.views().beside("notes.list", "v1", SCHEMA), "half");
        reopen();
        assertThat(count(engine.views().beside("notes.list", "v1", SCHEMA))).isZero();
        assertThat(count(openNotes())).isEqualTo(1);
    }

    @Test
    public void retiring_drops_the_other_tags_of_this_view_only() throws Exception {
        add(openNotes(), "a");
        add(engine.views().open("notes.other", "v1", SCHEMA), "o");
        add(engine.views().open("notes.list", "v2", SCHEMA), "b", "c");
        engine.views().retire("notes.list", "v2");
        reopen();
        assertThat(count(engine.views().open("notes.list", "v2", SCHEMA))).isEqualTo(2);
        assertThat(count(engine.views().open("notes.other", "v1", SCHEMA))).isEqualTo(1);
        assertThat(count(openNotes())).isZero();
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(java.time.Duration.ofSeconds(PATIENCE_SECONDS)))
                    .as("the other thread has finished")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for the other thread", e);
        }
    }
}
