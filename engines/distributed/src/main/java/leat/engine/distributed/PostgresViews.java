package leat.engine.distributed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import leat.kernel.port.ViewStore;
import leat.kernel.sql.Dialect;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/**
 * Views as schemas of the journal's database; the table {@code view_live} tells which schema is live, so that a rebuilt one
 * takes the old one's place in one step, for all nodes.
 *
 * <p>Tables are declared once for all engines, in the words that SQLite uses: {@code integer} becomes {@code bigint} here,
 * for it holds 64 bits there, {@code real} becomes {@code double precision}, and {@code blob} becomes {@code bytea}.
 *
 * <p>What is no longer live is dropped when nobody reads it any more: at the latest when its view is next
 * rebuilt or retired. Only the node that follows a view does either, so what another is filling stays.
 */
final class PostgresViews implements ViewStore {
    private static final Pattern INTEGER = Pattern.compile("(?i)\\binteger\\b");
    private static final Pattern REAL = Pattern.compile("(?i)\\breal\\b");
    private static final Pattern BLOB = Pattern.compile("(?i)\\bblob\\b");
    /** Longest name that PostgreSQL keeps whole is 63 bytes; a number follows it. */
    private static final int LONGEST_STEM = 48;

    private static final long ARRANGING = 0x6c65_6174_0002L;
    /** Longest that dropping waits for a reader of the old tables. */
    private static final String DROPPING = "set local lock_timeout = '50ms'";

    private final PostgresConnections connections;

    PostgresViews(PostgresConnections connections) {
        this.connections = connections;
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public Database open(String view, String tag, List<String> schema) {
        Optional<String> known = connections.read(sql -> live(sql, view, tag));
        AtomicReference<String> name = new AtomicReference<>(known.orElse(""));
        if (known.isEmpty()) {
            connections.write("", sql -> {
                sql.query("select pg_advisory_xact_lock(?)", row -> true, ARRANGING);
                name.set(live(sql, view, tag).orElseGet(() -> {
                    String made = make(sql, view, tag, schema);
                    sql.execute("insert into public.view_live (view, tag, schema) values (?, ?, ?)", view, tag, made);
                    return made;
                }));
            });
        }
        return new Tables(view, tag, name.get(), true);
    }

    private static Optional<String> live(Sql sql, String view, String tag) {
        return sql.first(
                "select schema from public.view_live where view = ? and tag = ?", row -> row.text(1), view, tag);
    }

    private static String make(Sql sql, String view, String tag, List<String> schema) {
        String name = stem(view, tag) + "_" + sql.number("select nextval('public.view_schema')");
        sql.script(List.of("create schema \"" + name + "\"", "set local search_path to \"" + name + "\""));
        sql.script(schema.stream().map(PostgresViews::translated).toList());
        return name;
    }

    static String translated(String statement) {
        String integers = INTEGER.matcher(statement).replaceAll("bigint");
        String reals = REAL.matcher(integers).replaceAll("double precision");
        return BLOB.matcher(reals).replaceAll("bytea");
    }

    @Override
    public Database beside(String view, String tag, List<String> schema) {
        drop(left(view, tag));
        AtomicReference<String> name = new AtomicReference<>("");
        connections.write("", sql -> name.set(make(sql, view, tag, schema)));
        return new Tables(view, tag, name.get(), false);
    }

    @Override
    public Database swap(Database live, Database rebuilt) {
        Tables next = (Tables) rebuilt;
        connections.write(
                "",
                sql -> sql.execute(
                        "insert into public.view_live (view, tag, schema) values (?, ?, ?)"
                                + " on conflict (view, tag) do update set schema = excluded.schema",
                        next.view,
                        next.tag,
                        next.name()));
        drop(List.of(((Tables) live).name()));
        return new Tables(next.view, next.tag, next.name(), true);
    }

    @Override
    public void retire(String view, String tag) {
        List<String> retired = new ArrayList<>();
        connections.write(
                "",
                sql -> retired.addAll(sql.query(
                        "delete from public.view_live where view = ? and tag <> ? returning schema",
                        row -> row.text(1),
                        view,
                        tag)));
        drop(retired);
        // What of them could not be dropped when it was read, or never went live.
        drop(connections.read(sql -> sql.query(
                "select nspname from pg_namespace where nspname like ?"
                        + " and nspname not in (select schema from public.view_live)",
                row -> row.text(1),
                stem(view, "").replace("_", "\\_") + "%")));
    }

    /** Schemas of a view that were filled and never went live, or live no more. */
    private List<String> left(String view, String tag) {
        return connections.read(sql -> sql.query(
                "select nspname from pg_namespace where nspname ~ ?"
                        + " and nspname not in (select schema from public.view_live)",
                row -> row.text(1),
                "^" + stem(view, tag) + "_[0-9]+$"));
    }

    private void drop(List<String> schemas) {
        for (String schema : schemas) {
            try {
                connections.write(
                        DROPPING, sql -> sql.script(List.of("drop schema if exists \"" + schema + "\" cascade")));
            } catch (SqlException stillRead) {
                System.getLogger(PostgresViews.class.getName())
                        .log(System.Logger.Level.DEBUG, "the old tables " + schema + " are still read", stillRead);
            }
        }
    }

    /** Letters and digits stand for themselves, all else becomes {@code x} and hex; a long one is cut and hashed. */
    private static String stem(String view, String tag) {
        String whole = "view_" + encoded(view) + "_" + encoded(tag);
        return whole.length() <= LONGEST_STEM
                ? whole
                : whole.substring(0, LONGEST_STEM - 9) + "_" + HexFormat.of().toHexDigits(whole.hashCode());
    }

    private static String encoded(String name) {
        StringBuilder safe = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= 'a' && c <= 'z' && c != 'x') || (c >= '0' && c <= '9')) {
                safe.append(c);
            } else {
                safe.append('x').append(HexFormat.of().toHexDigits((byte) c));
            }
        }
        return safe.toString();
    }

    /** One view's tables; which schema is live may change under it, when another node rebuilds the view. */
    private final class Tables implements Database {
        private final String view;
        private final String tag;
        private final boolean live;
        private volatile String name;

        Tables(String view, String tag, String name, boolean live) {
            this.view = view;
            this.tag = tag;
            this.name = name;
            this.live = live;
        }

        String name() {
            return name;
        }

        @Override
        public void write(Consumer<Sql> work) {
            again(() -> {
                connections.writeIn(name, work);
                return true;
            });
        }

        @Override
        public <T> T read(Function<Sql, T> work) {
            return again(() -> connections.snapshotIn(name, work));
        }

        /** Once more when the tables are gone because others went live. */
        private <T> T again(java.util.function.Supplier<T> work) {
            try {
                return work.get();
            } catch (SqlException fault) {
                Optional<String> now =
                        live && goneBy(fault) ? connections.read(sql -> live(sql, view, tag)) : Optional.empty();
                if (now.isEmpty() || now.get().equals(name)) {
                    throw PostgresFaults.lost(fault.sqlCause())
                            ? PostgresFaults.journal(connections.settings(), fault.sqlCause())
                            : fault;
                }
                name = now.get();
                return work.get();
            }
        }

        private static boolean goneBy(SqlException fault) {
            String state = String.valueOf(fault.sqlCause().getSQLState());
            return state.equals("42P01") || state.equals("3F000");
        }

        @Override
        public void close() {}
    }
}
