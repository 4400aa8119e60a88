package leat.kernel;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import leat.kernel.sql.Dialect;
import leat.kernel.sql.Sql;

/**
 * A read model: SQL tables and how each event changes them. The tables move in the transaction that moves the cursor, so
 * what is read is always the fold of a prefix of the journal.
 *
 * <p>Statements are plain SQL that SQLite and PostgreSQL both know. Events of one entity arrive in order; between
 * entities no order is promised. When a fold throws, that entity is parked and all others go on.
 *
 * <pre>{@code
 * View NOTES = View.named("notes.list", 1)
 *         .tables("create table note (id text primary key, title text not null)")
 *         .on(Written.class, (sql, it) -> sql.execute("insert into note values (?, ?)", it.id(), it.event().title()));
 * }</pre>
 */
public final class View {
    private final String name;
    private final int version;
    private final List<Table> tables = new ArrayList<>();
    private final Set<String> modules = new TreeSet<>();
    private final Map<Class<?>, Fold<?>> folds = new LinkedHashMap<>();
    private final Map<Class<?>, List<Function<Recorded<?>, String>>> topics = new LinkedHashMap<>();

    private View(String name, int version) {
        this.name = name;
        this.version = version;
    }

    /**
     * @param name module and view: {@code notes.list}
     * @param version raise it whenever tables or folds change; the view is then built anew
     */
    public static View named(String name, int version) {
        View view = new View(name, version);
        view.modules.add(name.substring(0, name.indexOf('.')));
        return view;
    }

    /** A statement, and the databases that it is for. */
    private record Table(Set<Dialect> dialects, String statement) {}

    public View tables(String... statements) {
        for (String statement : statements) {
            tables.add(new Table(EnumSet.allOf(Dialect.class), statement));
        }
        return this;
    }

    /**
     * Adds statements for one kind of database, for what the two do not share, such as an index of words; folds and
     * queries tell by {@link Sql#dialect} where they are.
     */
    public View tablesIn(Dialect dialect, String... statements) {
        for (String statement : statements) {
            tables.add(new Table(EnumSet.of(dialect), statement));
        }
        return this;
    }

    /** Follows another module's events too. */
    public View follows(String module) {
        modules.add(module);
        return this;
    }

    public <E> View on(Class<E> event, Fold<E> fold) {
        if (folds.put(event, fold) != null) {
            throw new IllegalArgumentException(name + " folds " + event.getSimpleName() + " twice");
        }
        return this;
    }

    /** Announces on a topic, with a {@link Change} as message, once the view shows such an event. */
    @SuppressWarnings("unchecked")
    public <E> View announces(Class<E> event, Function<Recorded<E>, String> topic) {
        topics.computeIfAbsent(event, any -> new ArrayList<>()).add(recorded -> topic.apply((Recorded<E>) recorded));
        return this;
    }

    /** What is announced when a view has taken in an event. */
    public record Change(String view, String id, long version) {}

    /** Changes the tables by one event. */
    @FunctionalInterface
    public interface Fold<E> {
        void apply(Sql sql, Recorded<E> it);
    }

    public String name() {
        return name;
    }

    public int version() {
        return version;
    }

    public List<String> tables(Dialect dialect) {
        return tables.stream()
                .filter(table -> table.dialects().contains(dialect))
                .map(Table::statement)
                .toList();
    }

    public Set<String> modules() {
        return Set.copyOf(modules);
    }

    public Map<Class<?>, Fold<?>> folds() {
        return Map.copyOf(folds);
    }

    public List<Function<Recorded<?>, String>> topics(Class<?> event) {
        return topics.getOrDefault(event, List.of());
    }
}
