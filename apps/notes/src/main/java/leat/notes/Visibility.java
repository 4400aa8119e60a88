package leat.notes;

/**
 * Who may see a note and who may change it: the one place that says so, for a note at hand and for lists.
 *
 * <p>A private note is its author's alone, to see as to change. A public one is its organization's: every member sees it,
 * and editors change it. Only the author makes a public note private, or a private one public. Each version keeps the
 * access that it was written with, so that opening a note does not open what its author wrote while it was private.
 *
 * <p>Roles are asked for by the routes; who is no member of the organization has come no further than these.
 */
final class Visibility {
    /** Lists: rows of an organization that somebody may see. Its two values are the organization and the person. */
    static final String OF_ROWS = "organization = ? and (access = 'PUBLIC' or author = ?)";

    /** Rows of an organization that somebody may know of, for they see them or could once. The same two values. */
    static final String OF_KNOWN_ROWS = "organization = ? and (access = 'PUBLIC' or author = ? or was_public = 1)";

    private Visibility() {}

    /** A person as notes remember them, {@code user:<id>}, of whoever sent a command, {@code user:<id>/session:<id>}. */
    static String person(String by) {
        int slash = by.indexOf('/');
        return slash < 0 ? by : by.substring(0, slash);
    }

    /** Whether a member of the note's organization sees what has this access. */
    static boolean sees(String person, Note.Identity note, Content.Access access) {
        return access == Content.Access.PUBLIC || isAuthor(person, note);
    }

    /** Whether a sender decides who sees the note. */
    static boolean opensAndCloses(String by, Note.Identity note) {
        return isAuthor(person(by), note);
    }

    static boolean isAuthor(String person, Note.Identity note) {
        return note.author().equals(person);
    }
}
