package leat.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.util.LinkedHashMap;
import java.util.Map;
import leat.kernel.sql.Migrations;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations on a real database: each is run once, and one that has changed is refused. */
class MigrationsTest {
    private static final String FIRST =
            "-- a table; for notes\ncreate table note (\n  id text\n);\ninsert into note values ('a');\n";
    private static final String SECOND = "alter table note add title text;";

    @SuppressWarnings("NullAway.Init") // set before each test
    private Sql sql;

    @BeforeEach
    void open() throws Exception {
        sql = new Sql(DriverManager.getConnection("jdbc:sqlite::memory:"));
    }

    @AfterEach
    void close() {
        sql.close();
    }

    private static Migrations scripts(String... namesAndTexts) {
        Map<String, String> scripts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            scripts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Migrations.of(scripts);
    }

    @Test
    void what_is_missing_is_run_once_in_order() {
        assertThat(scripts("001", FIRST).run(sql)).containsExactly("001");
        assertThat(scripts("001", FIRST, "002", SECOND).run(sql)).containsExactly("002");
        assertThat(scripts("001", FIRST, "002", SECOND).run(sql)).isEmpty();
        assertThat(sql.number("select count(*) from note where title is null")).isEqualTo(1);
    }

    @Test
    void a_script_that_has_changed_is_refused() {
        scripts("001", FIRST).run(sql);
        assertThatThrownBy(() -> scripts("001", FIRST + "-- a word more").run(sql))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("001 has changed");
    }

    @Test
    void a_database_of_a_newer_release_is_refused() {
        scripts("001", FIRST, "002", SECOND).run(sql);
        assertThatThrownBy(() -> scripts("001", FIRST).run(sql))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("newer release")
                .hasMessageContaining("002");
    }

    @Test
    void a_script_put_before_one_that_was_run_is_refused() {
        scripts("002", FIRST).run(sql);
        assertThatThrownBy(() -> scripts("001", SECOND, "002", FIRST).run(sql))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("goes to the end");
    }

    @Test
    void a_script_that_fails_changes_nothing() {
        assertThatThrownBy(() -> scripts("001", FIRST, "002", "create rubbish;").run(sql))
                .isInstanceOf(SqlException.class);
        assertThat(sql.number("select count(*) from sqlite_schema where name = 'note'"))
                .isZero();
        assertThat(scripts("001", FIRST).run(sql)).containsExactly("001");
    }

    @Test
    void a_statement_that_failed_once_works_when_its_cause_has_gone() {
        scripts("001", FIRST).run(sql);
        sql.execute("create unique index note_id on note (id)");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> sql.execute("insert into note values (?)", "a"))
                    .isInstanceOf(SqlException.class);
        }
        assertThat(sql.change("insert into note values (?)", "b")).isEqualTo(1);
    }
}
