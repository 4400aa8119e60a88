package leat.notes;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;
import leat.notes.Notebook.Event;

/**
 * The notebooks of every organization and with whom what is shared, in the database of {@link NoteList}, whose lists ask it.
 *
 * <p>In {@code note_share} stand what notes are shared with whom, and for each notebook with whom the notes in it are: with
 * its author, with those with whom it is shared, and with those of the notebooks above. So a list looks at one row for each
 * note, however deep it lies. Whoever is about to lose sight of a note through its notebook gets a row of rank 0 for the
 * note, from which the {@link ChangeFeed} knows whom to tell that it is gone.
 */
final class NotebookList {
    /** A condition on rows of {@code note}, whose one value is a notebook: those that lie in it or further in. */
    static final String LYING_IN = "note.notebook in (select inside.id from notebook inside join notebook around"
            + " on inside.organization = around.organization and substr(inside.path, 1, length(around.path)) = around.path"
            + " where around.id = ?)";

    private static final String COLUMNS =
            "id, organization, author, name, parent, color, access, removed, version, place, path";

    /** Notebooks above one; two moves at the same time may have made a circle, which ends here. */
    private static final int MOST_ABOVE = 3 * Notebook.MAX_DEPTH;

    private NotebookList() {}

    /** Lets the view of notes know notebooks, too. */
    static View beside(View notes) {
        return notes.tables(
                        "create table notebook (id text primary key, organization text not null, author text not null,"
                                + " name text not null, parent text, color text, access text not null,"
                                + " removed integer not null, version bigint not null, place text, path text not null)",
                        "create index notebook_organization on notebook (organization)",
                        "create table notebook_share (notebook text not null, person text not null,"
                                + " role integer not null, primary key (notebook, person))",
                        "create table note_share (thing text not null, person text not null, role integer not null,"
                                + " primary key (thing, person))",
                        "create index note_share_person on note_share (person, role, thing)",
                        "create index note_notebook on note (notebook)")
                .on(Event.WasCreated.class, (sql, it) -> {
                    sql.execute(
                            "insert into notebook (id, organization, author, name, parent, color, access, removed, version,"
                                    + " path) values (?, ?, ?, ?, ?, ?, ?, 0, ?, '')",
                            it.id(),
                            it.event().organization(),
                            it.event().author(),
                            it.event().name(),
                            it.event().parent(),
                            it.event().color(),
                            it.event().access(),
                            it.version());
                    arrange(sql, it);
                })
                .on(Event.Renamed.class, (sql, it) -> {
                    // Without a name, whoever gave it was forgotten; the one before is shown.
                    if (!it.event().name().isEmpty()) {
                        set(sql, it, "name = ?", it.event().name());
                    }
                })
                .on(
                        Event.HandedOver.class,
                        (sql, it) -> set(sql, it, "name = ?", it.event().name()))
                .on(
                        Event.Recolored.class,
                        (sql, it) -> set(sql, it, "color = ?", it.event().color()))
                .on(
                        Event.AccessChanged.class,
                        (sql, it) -> set(sql, it, "access = ?", it.event().access()))
                .on(Event.Moved.class, (sql, it) -> {
                    set(sql, it, "parent = ?", it.event().parent());
                    arrange(sql, it);
                })
                .on(Event.Shared.class, (sql, it) -> {
                    set(sql, it, "name = name");
                    sql.execute(
                            "insert into notebook_share (notebook, person, role) values (?, ?, ?)"
                                    + " on conflict (notebook, person) do update set role = excluded.role",
                            it.id(),
                            it.event().person(),
                            it.event().role().rank());
                    arrange(sql, it);
                })
                .on(Event.Unshared.class, (sql, it) -> {
                    set(sql, it, "name = name");
                    sql.execute(
                            "delete from notebook_share where notebook = ? and person = ?",
                            it.id(),
                            it.event().person());
                    arrange(sql, it);
                })
                .on(Event.WasRemoved.class, (sql, it) -> {
                    set(sql, it, "removed = 1");
                    arrange(sql, it);
                })
                .on(Event.Recovered.class, (sql, it) -> {
                    set(sql, it, "removed = 0");
                    arrange(sql, it);
                })
                .on(Note.Event.Filed.class, (sql, it) -> {
                    leave(sql, it.id());
                    NoteRow.set(
                            sql,
                            it,
                            "notebook = ?, shared_in = ?",
                            it.event().notebook(),
                            it.event().shared() ? Optional.of(it.event().notebook()) : Optional.empty());
                })
                .on(Note.Event.Unfiled.class, (sql, it) -> {
                    leave(sql, it.id());
                    NoteRow.set(sql, it, "notebook = null, shared_in = null");
                })
                .on(Note.Event.Shared.class, (sql, it) -> {
                    NoteRow.set(sql, it, "shared_in = shared_in");
                    share(sql, it.id(), it.event().person(), it.event().role().rank());
                })
                .on(Note.Event.Unshared.class, (sql, it) -> {
                    NoteRow.set(sql, it, "shared_in = shared_in");
                    share(sql, it.id(), it.event().person(), 0);
                })
                .announces(Event.WasCreated.class, NoteList::topic)
                .announces(Event.Renamed.class, NoteList::topic)
                .announces(Event.HandedOver.class, NoteList::topic)
                .announces(Event.Recolored.class, NoteList::topic)
                .announces(Event.AccessChanged.class, NoteList::topic)
                .announces(Event.Moved.class, NoteList::topic)
                .announces(Event.Shared.class, NoteList::topic)
                .announces(Event.Unshared.class, NoteList::topic)
                .announces(Event.WasRemoved.class, NoteList::topic)
                .announces(Event.Recovered.class, NoteList::topic)
                .announces(Note.Event.Filed.class, NoteList::topic)
                .announces(Note.Event.Unfiled.class, NoteList::topic)
                .announces(Note.Event.Shared.class, NoteList::topic)
                .announces(Note.Event.Unshared.class, NoteList::topic);
    }

    /**
     * One notebook.
     *
     * @param place itself; when it or one above it is removed, the last that is not
     * @param path the notebooks down to its place, each id behind a slash
     */
    record Item(
            String id,
            String organization,
            String author,
            String name,
            Optional<String> parent,
            Optional<String> color,
            Content.Access access,
            boolean removed,
            long version,
            Optional<String> place,
            String path) {

        /** Whether it and all above it are there. */
        boolean stands() {
            return place.equals(Optional.of(id));
        }

        /** From 1 for one that lies in no other. */
        int depth() {
            return (int) path.chars().filter(it -> it == '/').count();
        }
    }

    // --- asking --------------------------------------------------------------------------------------------------

    /** Those of an organization that stand and that a person sees, by name. */
    static List<Item> of(Sql sql, String organization, String person) {
        return sql.query(
                "select " + COLUMNS + " from notebook where " + Visibility.OF_NOTEBOOKS
                        + " and place = id order by lower(name), id",
                NotebookList::item,
                organization,
                person);
    }

    /** Those that a person might recover, by name. */
    static List<Item> removed(Sql sql, String organization, String person) {
        return sql.query(
                "select " + COLUMNS + " from notebook where organization = ? and removed = 1"
                        + " and (access = 'PUBLIC' or author = ?) order by lower(name), id",
                NotebookList::item,
                organization,
                person);
    }

    /** Ids of somebody's private notebooks that are there and that they share with nobody. */
    static List<String> ofOneAlone(Sql sql, String person) {
        return sql.query(
                "select id from notebook where author = ? and access = 'PRIVATE' and removed = 0"
                        + " and id not in (select notebook from notebook_share) order by id",
                row -> row.text(1),
                person);
    }

    /** Ids of all that others than their authors may see or recover, in any organization. */
    static List<String> othersSee(Sql sql) {
        return sql.query(
                "select id from notebook where access = 'PUBLIC' or id in (select notebook from notebook_share)"
                        + " order by id",
                row -> row.text(1));
    }

    /** All of an organization, whoever may see them, removed or not. */
    static List<Item> all(Sql sql, String organization) {
        return sql.query(
                "select " + COLUMNS + " from notebook where organization = ?", NotebookList::item, organization);
    }

    static Optional<Item> find(Sql sql, String id) {
        return sql.first("select " + COLUMNS + " from notebook where id = ?", NotebookList::item, id);
    }

    private static Item item(Row row) throws SQLException {
        return new Item(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.optionalText(5),
                row.optionalText(6),
                Content.Access.valueOf(row.text(7)),
                row.truth(8),
                row.number(9),
                row.optionalText(10),
                row.text(11));
    }

    // --- folding -------------------------------------------------------------------------------------------------

    private static void set(Sql sql, Recorded<?> it, String assignments, Object... values) {
        var all = new ArrayList<Object>(List.of(values));
        all.add(it.version());
        all.add(it.id());
        sql.execute("update notebook set " + assignments + ", version = ? where id = ?", all.toArray());
    }

    private static void share(Sql sql, String thing, String person, int role) {
        sql.execute(
                "insert into note_share (thing, person, role) values (?, ?, ?)"
                        + " on conflict (thing, person) do update set role = excluded.role",
                thing,
                person,
                role);
    }

    /** Before a note is no more shared as its notebook is: those who saw it by that may know that it is gone. */
    static void leave(Sql sql, String note) {
        sql.execute(
                "insert into note_share (thing, person, role) select ?, person, 0 from note_share"
                        + " where thing = (select shared_in from note where id = ?) on conflict (thing, person) do nothing",
                note,
                note);
    }

    private record Place(Optional<String> id, String path, Map<String, Integer> roles) {}

    /** Finds out anew where each notebook of an organization stands, and who sees what lies in it. */
    private static void arrange(Sql sql, Recorded<?> it) {
        Item changed = find(sql, it.id()).orElseThrow();
        Map<String, Item> notebooks = new HashMap<>();
        all(sql, changed.organization()).forEach(notebook -> notebooks.put(notebook.id(), notebook));
        Map<String, Map<String, Integer>> own =
                roles(sql, "notebook_share where notebook", "notebook", changed.organization());
        Map<String, Map<String, Integer>> before =
                roles(sql, "note_share where thing", "thing", changed.organization());
        int touched = 0;
        for (Item notebook : notebooks.values()) {
            Place place = place(notebook, notebooks, own);
            Map<String, Integer> known = before.getOrDefault(notebook.id(), Map.of());
            boolean elsewhere = !place.id().equals(notebook.place());
            if (elsewhere || !place.path().equals(notebook.path())) {
                sql.execute(
                        "update notebook set place = ?, path = ? where id = ?",
                        place.id(),
                        place.path(),
                        notebook.id());
            }
            if (!known.equals(place.roles())) {
                change(sql, notebook.id(), known, place.roles());
            }
            if (elsewhere || !known.keySet().equals(place.roles().keySet())) {
                touched += touch(sql, it, notebook.id(), touched);
            }
        }
    }

    private static Map<String, Map<String, Integer>> roles(Sql sql, String where, String thing, String organization) {
        var roles = new HashMap<String, Map<String, Integer>>();
        sql.query(
                "select " + thing + ", person, role from " + where
                        + " in (select id from notebook where organization = ?)",
                row -> roles.computeIfAbsent(row.text(1), any -> new HashMap<>())
                        .put(row.text(2), row.integer(3)),
                organization);
        return roles;
    }

    private static Place place(Item notebook, Map<String, Item> notebooks, Map<String, Map<String, Integer>> own) {
        List<Item> standing = standing(notebook, notebooks);
        var path = new StringBuilder();
        var roles = new HashMap<String, Integer>();
        for (Item it : standing) {
            path.insert(0, "/" + it.id());
            roles.merge(it.author(), ShareRole.EDITOR.rank(), Math::max);
            own.getOrDefault(it.id(), Map.of()).forEach((person, role) -> roles.merge(person, role, Math::max));
        }
        return new Place(standing.stream().map(Item::id).findFirst(), path.toString(), roles);
    }

    /** It and those above it; of a way on which one is removed, only those above the highest such. */
    private static List<Item> standing(Item notebook, Map<String, Item> notebooks) {
        var standing = new ArrayList<Item>();
        Set<String> seen = new HashSet<>();
        Optional<Item> next = Optional.of(notebook);
        while (next.isPresent() && seen.add(next.get().id()) && seen.size() <= MOST_ABOVE) {
            if (next.get().removed()) {
                standing.clear();
            } else {
                standing.add(next.get());
            }
            next = next.get().parent().flatMap(above -> Optional.ofNullable(notebooks.get(above)));
        }
        return standing;
    }

    private static void change(Sql sql, String notebook, Map<String, Integer> before, Map<String, Integer> after) {
        before.keySet().stream().filter(person -> !after.containsKey(person)).forEach(person -> {
            sql.execute(
                    "insert into note_share (thing, person, role) select id, ?, 0 from note where shared_in = ?"
                            + " on conflict (thing, person) do nothing",
                    person,
                    notebook);
            sql.execute("delete from note_share where thing = ? and person = ?", notebook, person);
        });
        after.forEach((person, role) -> {
            if (!role.equals(before.get(person))) {
                share(sql, notebook, person, role);
            }
        });
    }

    /** Has the change feed tell of the notes in a notebook; gives back of how many. */
    private static int touch(Sql sql, Recorded<?> it, String notebook, int before) {
        return sql.change(
                "update note set part = ?, position = ? + placed.behind from (select id as placed_id,"
                        + " row_number() over (order by id) as behind from note where notebook = ?) placed"
                        + " where id = placed.placed_id and state <> 'NEW'",
                it.position().partition(),
                ChangeFeed.place(it.position(), before),
                notebook);
    }
}
