package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.cli.CommandFailure;
import leat.cli.ExitCode;
import leat.cli.Remote;
import tools.jackson.databind.JsonNode;

/**
 * A note as a command names it, in the words of the HTTP interface.
 *
 * @param name its id or slug
 * @param organization whose slug it is
 */
record NamedNote(String name, Optional<String> organization) {
    static final String NOTES = "/api/notes/notes";

    /** By its id, its slug or its title; the last is looked for among the notes that the person sees. */
    static NamedNote of(Remote server, Optional<String> organization, String note) {
        boolean isNamed = note.matches("[0-9A-HJKMNP-TV-Z]{13}|[0-9]{4}-[0-9]{2}-[0-9]{2}-.+");
        return new NamedNote(isNamed ? note : Plain.text(titled(server, organization, note), "id"), organization);
    }

    private static JsonNode titled(Remote server, Optional<String> organization, String title) {
        String query = QueryString.ofOrganization(organization)
                .with("q", Optional.of(title))
                .toString();
        List<JsonNode> found = server.items(NOTES + query, NotesCommands.MOST).stream()
                .filter(it -> it.path("title").asString("").equalsIgnoreCase(title))
                .toList();
        if (found.size() > 1) {
            throw CommandFailure.usage("Several notes are called \"" + title + "\"; say which by its slug: "
                    + String.join(
                            ", ",
                            found.stream().map(it -> Plain.text(it, "slug")).toList()) + ".");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.REFUSED, "note.absent", "You see no note \"" + title + "\".", List.of()));
    }

    String path() {
        return path("");
    }

    /** @param part of the note, such as {@code /versions} */
    String path(String part) {
        return path(part, new QueryString());
    }

    String path(String part, QueryString query) {
        return NOTES + "/" + QueryString.encoded(name) + part + query.with("organization", organization);
    }
}
