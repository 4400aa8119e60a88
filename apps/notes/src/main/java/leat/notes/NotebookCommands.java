package leat.notes;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.cli.CommandFailure;
import leat.cli.Console;
import leat.cli.ExitCode;
import leat.cli.Remote;
import leat.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code leat notes notebooks …}: the places where notes lie. */
@Command(name = "notebooks", description = "List, make, change and remove notebooks.")
final class NotebookCommands {
    private static final String NOTEBOOKS = "/api/notes/notebooks";
    static final String NOTEBOOK = "Its id, its name, or its names from the top: House/Roof.";

    private final Console console;

    NotebookCommands(Console console) {
        this.console = console;
    }

    @Command(description = "List the notebooks that you see.")
    void list(
            @Option(names = "--removed", description = "Those that can be recovered.") boolean removed,
            @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        List<JsonNode> items = all(
                console.server(),
                QueryString.ofOrganization(org).with("removed", removed ? Optional.of("true") : Optional.empty()));
        Map<String, JsonNode> byId = byId(items);
        console.show(items, () -> {
            Table table = Table.of("There are no notebooks here yet.", "NOTEBOOK", "ACCESS", "ID");
            items.stream()
                    .map(it -> List.of(way(it, byId), Plain.text(it, "access"), Plain.text(it, "id")))
                    .sorted((one, other) -> one.getFirst().compareToIgnoreCase(other.getFirst()))
                    .forEach(it -> table.row(it.get(0), it.get(1), it.get(2)));
            console.table(table);
        });
    }

    @Command(description = "Make a notebook.")
    void add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--in", paramLabel = "NOTEBOOK", description = "The one in which it lies.")
                    Optional<String> in,
            @Option(names = "--public", description = "All members see that it is there.") boolean open,
            @Option(names = "--color", paramLabel = "RRGGBB", description = "Six hexadecimal digits.")
                    Optional<String> color,
            @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        Remote server = console.server();
        var draft = new LinkedHashMap<String, Object>();
        draft.put("name", name);
        draft.put("access", open ? "Public" : "Private");
        color.ifPresent(it -> draft.put("color", it));
        in.ifPresent(it -> draft.put("parent", id(server, org, it)));
        JsonNode made =
                server.post(NOTEBOOKS + QueryString.ofOrganization(org), draft).json();
        console.show(made, () -> console.line(Plain.text(made, "id")));
    }

    @Command(description = "Rename, move, colour, open or close a notebook.")
    void change(
            @Parameters(paramLabel = "NOTEBOOK", description = NOTEBOOK) String notebook,
            @Option(names = "--name", paramLabel = "NAME", description = "Its new name.") Optional<String> name,
            @Option(names = "--in", paramLabel = "NOTEBOOK", description = "Where it lies; \"\" for in no other.")
                    Optional<String> in,
            @Option(names = "--access", paramLabel = "ACCESS", description = "Private or Public.")
                    Optional<String> access,
            @Option(names = "--color", paramLabel = "RRGGBB", description = "Six hexadecimal digits; \"\" for none.")
                    Optional<String> color,
            @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        Remote server = console.server();
        var draft = new LinkedHashMap<String, Object>();
        name.ifPresent(it -> draft.put("name", it));
        in.ifPresent(it -> draft.put("parent", it.isEmpty() ? "" : id(server, org, it)));
        access.ifPresent(it -> draft.put("access", it));
        color.ifPresent(it -> draft.put("color", it));
        JsonNode changed =
                server.put(NOTEBOOKS + "/" + id(server, org, notebook), draft).json();
        console.show(changed, () -> console.line("The notebook " + Plain.text(changed, "name") + " is changed."));
    }

    @Command(description = "Remove a notebook; its notes lie in the one above until it is recovered.")
    void remove(
            @Parameters(paramLabel = "NOTEBOOK", description = NOTEBOOK) String notebook,
            @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        Remote server = console.server();
        JsonNode removed =
                server.delete(NOTEBOOKS + "/" + id(server, org, notebook)).json();
        console.show(
                removed,
                () -> console.line("The notebook " + Plain.text(removed, "name")
                        + " is removed; \"leat notes notebooks restore\" brings it back."));
    }

    @Command(description = "Bring a notebook back that was removed, with all that lay in it.")
    void restore(
            @Parameters(paramLabel = "NOTEBOOK", description = "Its id, or its name.") String notebook,
            @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        Remote server = console.server();
        List<JsonNode> removed = all(server, QueryString.ofOrganization(org).with("removed", Optional.of("true")));
        JsonNode restored = server.delete(NOTEBOOKS + "/" + named(removed, notebook) + "/removal")
                .json();
        console.show(restored, () -> console.line("The notebook " + Plain.text(restored, "name") + " is back."));
    }

    // --- finding -------------------------------------------------------------------------------------------------

    /** The id of the notebook that somebody means. */
    static String id(Remote server, Optional<String> org, String notebook) {
        return named(all(server, QueryString.ofOrganization(org)), notebook);
    }

    private static List<JsonNode> all(Remote server, QueryString query) {
        return server.get(NOTEBOOKS + query).json().path("items").valueStream().toList();
    }

    private static String named(List<JsonNode> items, String notebook) {
        Map<String, JsonNode> byId = byId(items);
        if (byId.containsKey(notebook)) {
            return notebook;
        }
        List<JsonNode> found = items.stream()
                .filter(it -> Plain.text(it, "name").equalsIgnoreCase(notebook)
                        || way(it, byId).equalsIgnoreCase(notebook))
                .toList();
        if (found.size() > 1) {
            throw CommandFailure.usage("Several notebooks are called \"" + notebook + "\"; say which: "
                    + String.join(", ", found.stream().map(it -> way(it, byId)).toList()) + ".");
        }
        return found.stream()
                .map(it -> Plain.text(it, "id"))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.REFUSED, "notebook.absent", "You see no notebook \"" + notebook + "\".", List.of()));
    }

    private static Map<String, JsonNode> byId(List<JsonNode> items) {
        var byId = new HashMap<String, JsonNode>();
        items.forEach(it -> byId.put(Plain.text(it, "id"), it));
        return byId;
    }

    /** The names from the top, as far as they are seen. */
    private static String way(JsonNode notebook, Map<String, JsonNode> byId) {
        var way = new StringBuilder(Plain.text(notebook, "name"));
        JsonNode above = byId.get(Plain.text(notebook, "parent"));
        for (int i = 0; above != null && i < Notebook.MAX_DEPTH; i++) {
            way.insert(0, Plain.text(above, "name") + "/");
            above = byId.get(Plain.text(above, "parent"));
        }
        return way.toString();
    }
}
