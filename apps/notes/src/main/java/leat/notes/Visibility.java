package leat.notes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import leat.web.Role;

/**
 * Who may see a note or a notebook and who may do what with it: the one place that says so, for one at hand and for lists.
 *
 * <p>A private one is its author's alone, and of those with whom it is shared. A public one is its organization's: every
 * member sees it, and editors change it. Only the author shares it, and opens and closes it. What is shared of a notebook is
 * shared of the notebooks in it, and of those notes in it that their own authors put there.
 *
 * <p>Each version of a note keeps the access that it was written with, so that opening a note does not open what its author
 * wrote while it was private; only those with whom it is shared as editors see that too.
 *
 * <p>Roles in the organization are asked for by the routes; who is no member has come no further than these.
 */
final class Visibility {
    /** The rows of the table note that one person sees; its values are those of {@link #values(String)}. */
    static final String SEEN = "(access = 'PUBLIC' or author = ? or " + sharedAtLeast(1) + ")";

    /** Lists: rows of an organization that somebody may see, with {@link #values(String, String)}. */
    static final String OF_ROWS = "organization = ? and " + SEEN;

    /** Rows of an organization that somebody may know of, for they see them or could once. The same values. */
    static final String OF_KNOWN_ROWS =
            "organization = ? and (access = 'PUBLIC' or was_public = 1 or author = ? or " + sharedAtLeast(0) + ")";

    /** The same as {@link #OF_ROWS} for the table notebook. */
    static final String OF_NOTEBOOKS = "organization = ? and (access = 'PUBLIC' or exists (select 1 from note_share s"
            + " where s.thing = notebook.id and s.person = ?))";

    private Visibility() {}

    /** Sets that do not depend on the row, so that databases make each of them once for a list. */
    private static String sharedAtLeast(int rank) {
        String things = " in (select s.thing from note_share s where s.person = ? and s.role >= " + rank + ")";
        return "note.id" + things + " or note.shared_in" + things;
    }

    static List<Object> values(String organization, String person) {
        return List.of(organization, person, person, person);
    }

    static List<Object> values(String person) {
        return List.of(person, person, person);
    }

    /** A person as notes remember them, {@code user:<id>}, of whoever sent a command, {@code user:<id>/session:<id>}. */
    static String person(String by) {
        int slash = by.indexOf('/');
        return slash < 0 ? by : by.substring(0, slash);
    }

    /**
     * What a member of a note's organization may do with it.
     *
     * @param role of the member there
     * @param inherited what they are in the notebook, if the note is shared as its notebook is
     */
    static Optional<Right> right(String person, Role role, Note.Kept note, Optional<ShareRole> inherited) {
        return right(
                person,
                role,
                note.identity().author(),
                note.content().access(),
                note.shares(),
                note.filing().filter(Note.Filing::shared).flatMap(_ -> inherited));
    }

    /** @param inherited what the member is in the notebooks above */
    static Optional<Right> right(String person, Role role, Notebook.Kept notebook, Optional<ShareRole> inherited) {
        return right(person, role, notebook.author(), notebook.access(), notebook.shares(), inherited);
    }

    private static Optional<Right> right(
            String person,
            Role role,
            String author,
            Content.Access access,
            Map<String, ShareRole> shares,
            Optional<ShareRole> inherited) {
        Optional<Right> own = author.equals(person) ? Optional.of(Right.SHARE) : Optional.empty();
        Optional<Right> asMember = access == Content.Access.PUBLIC
                ? Optional.of(role.includes(Role.EDITOR) ? Right.REMOVE : Right.READ)
                : Optional.empty();
        Optional<Right> shared = Optional.ofNullable(shares.get(person)).map(ShareRole::right);
        return Stream.of(own, asMember, shared, inherited.map(ShareRole::right))
                .flatMap(Optional::stream)
                .reduce(Right::greater);
    }

    /** Whether somebody who sees a note sees its private versions too, and not only as what it stands. */
    static boolean seesAllVersions(String person, Note.Kept note, Optional<ShareRole> inherited) {
        return isAuthor(person, note.identity())
                || note.shares().get(person) == ShareRole.EDITOR
                || (note.filing().filter(Note.Filing::shared).isPresent()
                        && inherited.equals(Optional.of(ShareRole.EDITOR)));
    }

    /**
     * Whether what a note itself knows leaves it possible that somebody sees it: notebooks were asked a moment ago, by
     * whoever sends a command.
     */
    static boolean maySee(String person, Note.Kept note) {
        return note.content().access() == Content.Access.PUBLIC
                || isAuthor(person, note.identity())
                || note.shares().containsKey(person)
                || note.filing().filter(Note.Filing::shared).isPresent();
    }

    /** The same for a notebook, which may lie in another. */
    static boolean maySee(String person, Notebook.Kept notebook) {
        return notebook.access() == Content.Access.PUBLIC
                || notebook.author().equals(person)
                || notebook.shares().containsKey(person)
                || notebook.parent().isPresent();
    }

    static boolean isAuthor(String person, Note.Identity note) {
        return note.author().equals(person);
    }
}
