package leat.notes;

import java.util.List;
import leat.cli.Console;
import leat.cli.Style;
import leat.cli.Table;
import tools.jackson.databind.JsonNode;

/** Notes that were listed or found, on a terminal. */
final class NoteTables {
    private NoteTables() {}

    static void show(Console console, List<JsonNode> notes) {
        console.show(notes, () -> {
            Table table = Table.of("There are no notes here yet.", "NOTE", "KIND", "STATUS", "DUE", "TAGS");
            notes.forEach(it -> table.row(
                    Plain.text(it, "title"),
                    Plain.text(it, "kind"),
                    new Table.Cell(Plain.text(it, "status"), style(Plain.text(it, "status"))),
                    Plain.text(it, "due"),
                    tags(it)));
            console.table(table);
        });
    }

    static void showHits(Console console, List<JsonNode> hits) {
        console.show(hits, () -> {
            Table table = Table.of("No note has that.", "NOTE", "FOUND");
            hits.forEach(it -> table.row(Plain.text(it.path("note"), "title"), snippet(it)));
            console.table(table);
        });
    }

    private static Style style(String status) {
        return switch (status) {
            case "Completed" -> Style.GREEN;
            case "Doing", "Review" -> Style.AMBER;
            default -> Style.DIM;
        };
    }

    private static String tags(JsonNode note) {
        return Plain.line(String.join(
                " ", note.path("tags").valueStream().map(it -> it.asString("")).toList()));
    }

    private static String snippet(JsonNode hit) {
        var line = new StringBuilder();
        hit.path("snippet").forEach(it -> line.append(it.path("text").asString("")));
        return Plain.line(line.toString()).strip();
    }
}
