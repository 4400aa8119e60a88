package leat.kernel.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ordered scripts that bring a database's tables up to date, each run once and remembered with its SHA-256.
 *
 * <p>The table {@code migration} keeps what was run. A script that has changed since it was run, or a remembered one that
 * these do not know (the database is from a newer release), is refused with an {@link IllegalStateException} that says
 * which; the database is then as it was. All that is missing is run in one transaction, where the database can do so.
 *
 * <p>A script is statements parted by a semicolon at the end of a line; lines that begin with {@code --} are comments.
 * Name scripts so that they are easy to put in order: {@code 001-journal.sql}.
 */
public final class Migrations {
    private final Map<String, String> scripts = new LinkedHashMap<>();

    private Migrations() {}

    /**
     * Reads scripts that lie as resources beside a class.
     *
     * @param names file names, in the order in which they are to be run
     */
    public static Migrations beside(Class<?> type, String... names) {
        Migrations migrations = new Migrations();
        for (String name : names) {
            try (InputStream resource = type.getResourceAsStream(name)) {
                if (resource == null) {
                    throw new IllegalArgumentException("there is no migration " + name + " beside " + type.getName());
                }
                migrations.scripts.put(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("migration " + name + " cannot be read", e);
            }
        }
        return migrations;
    }

    /** Scripts by name, in order; for tests and for scripts that are made up. */
    public static Migrations of(Map<String, String> scripts) {
        Migrations migrations = new Migrations();
        migrations.scripts.putAll(scripts);
        return migrations;
    }

    /**
     * Runs what is missing and returns the names of what it ran.
     *
     * @throws IllegalStateException when a script has changed, is out of order, or is unknown here
     * @throws SqlException when a script fails; nothing is changed then
     */
    public List<String> run(Sql sql) {
        List<String> ran = new ArrayList<>();
        sql.transaction(() -> {
            sql.execute("create table if not exists migration ("
                    + "place integer primary key, name varchar(200) not null, sha256 varchar(64) not null)");
            Map<String, String> known = new LinkedHashMap<>();
            for (Map.Entry<String, String> run : sql.query(
                    "select name, sha256 from migration order by place", row -> Map.entry(row.text(1), row.text(2)))) {
                known.put(run.getKey(), run.getValue());
            }
            check(known);
            int place = 0;
            for (Map.Entry<String, String> script : scripts.entrySet()) {
                place++;
                if (place > known.size()) {
                    sql.script(statements(script.getValue()));
                    sql.execute(
                            "insert into migration (place, name, sha256) values (?, ?, ?)",
                            place,
                            script.getKey(),
                            sha256(script.getValue()));
                    ran.add(script.getKey());
                }
            }
        });
        return ran;
    }

    private void check(Map<String, String> known) {
        List<String> names = List.copyOf(scripts.keySet());
        int place = 0;
        for (Map.Entry<String, String> run : known.entrySet()) {
            String name = run.getKey();
            if (!scripts.containsKey(name)) {
                throw new IllegalStateException(
                        "the database was brought up to date by a newer release: it has migration " + name
                                + ", which this one does not know; run the newer release");
            }
            if (!names.get(place).equals(name)) {
                throw new IllegalStateException("migration " + names.get(place) + " comes before " + name
                        + ", which was run already; a new migration goes to the end");
            }
            if (!sha256(scripts.getOrDefault(name, "")).equals(run.getValue())) {
                throw new IllegalStateException("migration " + name
                        + " has changed since it was run; put the change into a new migration instead");
            }
            place++;
        }
    }

    static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : script.lines().toList()) {
            if (line.stripLeading().startsWith("--") || line.isBlank()) {
                continue;
            }
            boolean last = line.stripTrailing().endsWith(";");
            statement
                    .append(
                            last
                                    ? line.stripTrailing()
                                            .substring(0, line.stripTrailing().length() - 1)
                                    : line)
                    .append('\n');
            if (last) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        if (!statement.isEmpty()) {
            statements.add(statement.toString());
        }
        return statements;
    }

    private static String sha256(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
