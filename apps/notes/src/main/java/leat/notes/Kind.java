package leat.notes;

/** What sort of note it is, which nobody chooses: it follows from the fields that are filled in. */
enum Kind {
    /** It has an address. */
    BOOKMARK,
    /** It is due. */
    TASK,
    /** It starts and ends. */
    EVENT,
    /** It starts and has no end. */
    JOURNAL,
    /** None of these. */
    NOTE
}
