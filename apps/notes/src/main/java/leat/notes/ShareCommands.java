package leat.notes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.cli.Console;
import leat.cli.Remote;
import leat.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code leat notes shares …} and {@code leat notes links …}: who else sees a note, or a notebook with its notes. */
final class ShareCommands {
    private static final String THING = "A note by its id, its slug, or its title.";
    private static final String ABOUT = "It is a notebook that is named.";

    private ShareCommands() {}

    /** Where the interface has what is named. */
    private static String path(Remote server, Optional<String> org, String thing, boolean notebook, String part) {
        return notebook
                ? "/api/notes/notebooks/" + NotebookCommands.id(server, org, thing) + part
                : NamedNote.of(server, org, thing).path(part);
    }

    /** With members. */
    @Command(name = "shares", description = "Share notes and notebooks with members.")
    static final class Shares {
        private final Console console;

        Shares(Console console) {
            this.console = console;
        }

        @Command(description = "List with whom it is shared.")
        void list(
                @Parameters(paramLabel = "NOTE", description = THING) String thing,
                @Option(names = "--notebook", description = ABOUT) boolean notebook,
                @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
            Remote server = console.server();
            show(server.get(path(server, org, thing, notebook, "/shares")).json());
        }

        @Command(description = "Share it with a member, or change their role.")
        void add(
                @Parameters(paramLabel = "NOTE", description = THING) String thing,
                @Parameters(paramLabel = "PERSON", description = "Their name.") String person,
                @Option(
                                names = "--as",
                                paramLabel = "ROLE",
                                defaultValue = "Viewer",
                                description = "Viewer, Commenter or Editor; usually ${DEFAULT-VALUE}.")
                        String role,
                @Option(names = "--notebook", description = ABOUT) boolean notebook,
                @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
            Remote server = console.server();
            show(server.put(
                            path(server, org, thing, notebook, "/shares/" + QueryString.encoded(person)),
                            Map.of("role", role))
                    .json());
        }

        @Command(description = "Share it with somebody no more.")
        void remove(
                @Parameters(paramLabel = "NOTE", description = THING) String thing,
                @Parameters(paramLabel = "PERSON", description = "Their name.") String person,
                @Option(names = "--notebook", description = ABOUT) boolean notebook,
                @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
            Remote server = console.server();
            show(server.delete(path(server, org, thing, notebook, "/shares/" + QueryString.encoded(person)))
                    .json());
        }

        private void show(JsonNode shares) {
            List<JsonNode> items = shares.path("items").valueStream().toList();
            console.show(items, () -> {
                var names = new PeopleNames(console.server());
                Table table = Table.of("It is shared with nobody.", "PERSON", "ROLE", "BY NOTEBOOK");
                items.forEach(it -> table.row(
                        names.of(Plain.text(it, "user")), Plain.text(it, "role"), Plain.text(it, "notebook")));
                console.table(table);
            });
        }
    }

    /** With anybody. */
    @Command(name = "links", description = "Make and revoke addresses at which anybody reads a note or a notebook.")
    static final class Links {
        private final Console console;

        Links(Console console) {
            this.console = console;
        }

        @Command(description = "List its links.")
        void list(
                @Parameters(paramLabel = "NOTE", description = THING) String thing,
                @Option(names = "--notebook", description = ABOUT) boolean notebook,
                @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
            Remote server = console.server();
            List<JsonNode> items = server.get(path(server, org, thing, notebook, "/links"))
                    .json()
                    .path("items")
                    .valueStream()
                    .toList();
            console.show(items, () -> {
                Table table = Table.of("There are no links to it.", "LINK", "MADE", "WORKS UNTIL");
                items.forEach(it -> table.row(Plain.text(it, "id"), Plain.text(it, "madeAt"), Plain.text(it, "until")));
                console.table(table);
            });
        }

        @Command(description = "Make a link; its address is told this once.")
        void add(
                @Parameters(paramLabel = "NOTE", description = THING) String thing,
                @Option(
                                names = "--days",
                                paramLabel = "DAYS",
                                defaultValue = "30",
                                description = "How long it lasts, 1 to 366; usually ${DEFAULT-VALUE}.")
                        int days,
                @Option(names = "--notebook", description = ABOUT) boolean notebook,
                @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
            Remote server = console.server();
            JsonNode made = server.post(path(server, org, thing, notebook, "/links"), Map.of("days", days))
                    .json();
            console.show(
                    made,
                    () -> console.line(
                            server.url().resolve(Plain.text(made, "path")).toString()));
        }

        @Command(description = "Revoke a link.")
        void revoke(
                @Parameters(paramLabel = "NOTE", description = THING) String thing,
                @Parameters(paramLabel = "LINK", description = "As list shows it.") String link,
                @Option(names = "--notebook", description = ABOUT) boolean notebook,
                @Option(names = "--org", paramLabel = "NAME", description = NotesCommands.ORG) Optional<String> org) {
            Remote server = console.server();
            server.delete(path(server, org, thing, notebook, "/links/" + QueryString.encoded(link)));
            console.show(Map.of("revoked", link), () -> console.line("The link is revoked."));
        }
    }
}
