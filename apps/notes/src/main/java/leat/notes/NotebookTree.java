package leat.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import leat.web.ui.Field;

/**
 * The notebooks that somebody sees in the order of a tree; one whose notebook above they do not see stands at the top.
 *
 * @param rows each notebook before those in it
 */
record NotebookTree(List<Row> rows) {
    /** @param depth from 0 */
    record Row(NotebookList.Item notebook, int depth) {
        /** A name that shows the depth where nothing else can, as in the options of a select. */
        String indented() {
            return indent() + notebook.name();
        }

        String indent() {
            return "\u2003".repeat(depth);
        }
    }

    /** @param seen by name */
    static NotebookTree of(List<NotebookList.Item> seen) {
        Map<String, NotebookList.Item> byId = seen.stream().collect(Collectors.toMap(NotebookList.Item::id, it -> it));
        Map<String, List<NotebookList.Item>> inside =
                seen.stream().collect(Collectors.groupingBy(it -> above(it, byId)));
        var rows = new ArrayList<Row>();
        add(rows, inside, "", 0);
        // Two that were put into each other at the same time lie nowhere else; they must be seen to be taken apart.
        seen.stream()
                .filter(it -> rows.stream().noneMatch(row -> row.notebook().equals(it)))
                .forEach(it -> rows.add(new Row(it, 0)));
        return new NotebookTree(List.copyOf(rows));
    }

    private static String above(NotebookList.Item notebook, Map<String, NotebookList.Item> seen) {
        return notebook.parent().filter(seen::containsKey).orElse("");
    }

    private static void add(List<Row> rows, Map<String, List<NotebookList.Item>> inside, String above, int depth) {
        for (NotebookList.Item it : inside.getOrDefault(above, List.of())) {
            rows.add(new Row(it, depth));
            add(rows, inside, it.id(), depth + 1);
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** @param none what stands first, for no notebook */
    List<Field.Option> options(String none) {
        var options = new ArrayList<Field.Option>();
        options.add(new Field.Option("", none));
        rows.forEach(it -> options.add(new Field.Option(it.notebook().id(), it.indented())));
        return List.copyOf(options);
    }
}
