package leat.notes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

/** {@code leat notes searches …}: searches that one keeps under names, the same as on pages. */
@Command(name = "searches", description = "Save searches, and run them.")
final class SavedSearchCommands {
    private static final String SEARCHES = "/api/notes/searches";
    private static final String SEARCH = "Its name, or its id.";

    private final Console console;

    SavedSearchCommands(Console console) {
        this.console = console;
    }

    @Command(description = "List the searches that you saved.")
    void list(@Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        List<JsonNode> items = all(console.server(), org);
        console.show(items, () -> {
            Table table = Table.of("There are no saved searches yet.", "SEARCH", "FINDS", "ID");
            items.forEach(it -> table.row(Plain.text(it, "name"), finds(it), Plain.text(it, "id")));
            console.table(table);
        });
    }

    @Command(description = "Save a search under a name.")
    void save(
            @Parameters(index = "0", paramLabel = "SEARCH", description = "Its name.") String name,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "WORD",
                            description = "What the notes say: words, \"a phrase\", or -not this.")
                    List<String> words,
            @Option(names = "--kind", paramLabel = "KIND", description = "Bookmark, Task, Event, Journal or Note.")
                    Optional<String> kind,
            @Option(names = "--status", paramLabel = "STATUS", description = "Such as ToDo.") Optional<String> status,
            @Option(names = "--tag", paramLabel = "TAG", description = "This tag, or one below it.")
                    Optional<String> tag,
            @Option(names = "--notebook", paramLabel = "NOTEBOOK", description = "This one, or one in it.")
                    Optional<String> notebook,
            @Option(names = "--due-from", paramLabel = "DAY", description = "Due on this day or later.")
                    Optional<String> dueFrom,
            @Option(names = "--due-before", paramLabel = "DAY", description = "Due before this day.")
                    Optional<String> dueBefore,
            @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        Remote server = console.server();
        String query = new QueryString()
                .with("q", Optional.ofNullable(words).map(it -> String.join(" ", it)))
                .with("kind", kind)
                .with("status", status)
                .with("tag", tag)
                .with("notebook", notebook.map(it -> NotebookCommands.id(server, org, it)))
                .with("dueFrom", dueFrom)
                .with("dueBefore", dueBefore)
                .toString();
        if (query.isEmpty()) {
            throw CommandFailure.usage("Say what to search for: words, or an option such as --tag.");
        }
        JsonNode saved = server.post(
                        SEARCHES + QueryString.ofOrganization(org), Map.of("name", name, "query", query.substring(1)))
                .json();
        console.show(
                saved,
                () -> console.line("\"leat notes searches run\" finds " + finds(saved) + " as "
                        + Plain.text(saved, "name") + "."));
    }

    @Command(description = "Find what a saved search finds.")
    void run(
            @Parameters(paramLabel = "SEARCH", description = SEARCH) String search,
            @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        Remote server = console.server();
        String query = named(server, org, search).path("query").asString("");
        Optional<String> organization = org.map(it -> "&organization=" + QueryString.encoded(it));
        String path = "?" + query + organization.orElse("");
        if (query.startsWith("q=")) {
            NoteTables.showHits(console, server.items("/api/notes/search" + path, NotesCommands.MOST_HITS));
        } else {
            NoteTables.show(console, server.items("/api/notes/notes" + path, NotesCommands.MOST));
        }
    }

    @Command(description = "Remove a saved search.")
    void remove(
            @Parameters(paramLabel = "SEARCH", description = SEARCH) String search,
            @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
        Remote server = console.server();
        JsonNode removed = named(server, org, search);
        String id = Plain.text(removed, "id");
        server.delete(SEARCHES + "/" + id);
        console.show(
                removed,
                () -> console.line("The search " + Plain.text(removed, "name")
                        + " is removed; \"leat notes searches restore " + id + "\" brings it back."));
    }

    @Command(description = "Bring a saved search back that was removed.")
    void restore(@Parameters(paramLabel = "ID", description = "As remove told it.") String id) {
        JsonNode restored = console.server()
                .delete(SEARCHES + "/" + QueryString.encoded(id) + "/trash")
                .json();
        console.show(restored, () -> console.line("The search " + Plain.text(restored, "name") + " is back."));
    }

    // --- finding -------------------------------------------------------------------------------------------------

    private static List<JsonNode> all(Remote server, Optional<String> org) {
        return server.get(SEARCHES + QueryString.ofOrganization(org))
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private static JsonNode named(Remote server, Optional<String> org, String search) {
        return all(server, org).stream()
                .filter(it -> Plain.text(it, "name").equalsIgnoreCase(search)
                        || Plain.text(it, "id").equals(search))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.REFUSED, "search.absent", "You have no saved search \"" + search + "\".", List.of()));
    }

    /** As it is kept, without the signs of addresses. */
    private static String finds(JsonNode search) {
        String query = URLDecoder.decode(search.path("query").asString("").replace("&", " "), StandardCharsets.UTF_8);
        return Plain.line(query);
    }
}
