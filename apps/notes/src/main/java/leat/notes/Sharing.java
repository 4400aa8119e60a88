package leat.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leat.accounts.api.MembersOf;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.web.Request;

/** What the edges ask of sharing, and do: with whom a note or a notebook is shared, as what, and through which notebook. */
record Sharing(Notes notes, People people) {
    /**
     * Somebody with whom something is shared.
     *
     * @param notebook the one above that shares it; empty when it is shared itself
     */
    record Entry(String person, ShareRole role, Optional<String> notebook) {}

    // --- asking --------------------------------------------------------------------------------------------------

    /** With whom a note is shared: itself first, then by its notebooks from the nearest. */
    List<Entry> of(Notes.Found note) {
        var entries = new ArrayList<>(own(note.note().shares()));
        note.note()
                .filing()
                .filter(Note.Filing::shared)
                .ifPresent(it -> entries.addAll(notes.notebooks().shares(it.notebook())));
        return List.copyOf(entries);
    }

    List<Entry> of(Notebooks.Found notebook) {
        var entries = new ArrayList<>(own(notebook.notebook().shares()));
        notebook.notebook()
                .parent()
                .ifPresent(above -> entries.addAll(notes.notebooks().shares(above)));
        return List.copyOf(entries);
    }

    private static List<Entry> own(Map<String, ShareRole> shares) {
        return shares.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(it -> new Entry(it.getKey(), it.getValue(), Optional.empty()))
                .toList();
    }

    /**
     * The member of an organization who is meant by a user's id or name.
     *
     * @throws leat.kernel.RefusedException with {@code share.invalid}
     */
    String member(String organization, String named) {
        String name = named.strip().toLowerCase(Locale.ROOT);
        return people.members(organization).stream()
                .filter(it -> it.userId().equals(named.strip()) || it.name().equals(name))
                .map(MembersOf.Member::userId)
                .map(NoteJson::person)
                .findFirst()
                .orElseThrow(() -> invalid("user", "user.absent", "Name a member of the organization."));
    }

    /** @throws leat.kernel.RefusedException with {@code share.invalid} */
    static ShareRole role(String word) {
        return Words.read(ShareRole.class, word)
                .orElseThrow(() -> invalid(
                        "role", "role.unknown", "Use one of " + String.join(", ", Words.all(ShareRole.class)) + "."));
    }

    private static RuntimeException invalid(String field, String code, String message) {
        return Refusal.invalid("share.invalid", message, List.of(new Violation(field, code, message)))
                .asException();
    }

    // --- doing ---------------------------------------------------------------------------------------------------

    Notes.Found share(Request request, Notes.Found note, String named, String role) {
        String person = member(note.note().identity().organization(), named);
        return notes.tell(request, note, new Note.Command.Share(person, role(role)));
    }

    /** Also for somebody who is no member any more, by their id. */
    Notes.Found unshare(Request request, Notes.Found note, String named) {
        return notes.tell(
                request,
                note,
                new Note.Command.Unshare(known(of(note), note.note().identity().organization(), named)));
    }

    Notebooks.Found share(Request request, Notebooks.Found notebook, String named, String role) {
        String person = member(notebook.notebook().organization(), named);
        return notes.notebooks().tell(request, notebook, new Notebook.Command.Share(person, role(role)));
    }

    Notebooks.Found unshare(Request request, Notebooks.Found notebook, String named) {
        return notes.notebooks()
                .tell(
                        request,
                        notebook,
                        new Notebook.Command.Unshare(
                                known(of(notebook), notebook.notebook().organization(), named)));
    }

    private String known(List<Entry> entries, String organization, String named) {
        return entries.stream()
                .map(Entry::person)
                .filter(NoteJson.person(named.strip())::equals)
                .findFirst()
                .orElseGet(() -> member(organization, named));
    }
}
