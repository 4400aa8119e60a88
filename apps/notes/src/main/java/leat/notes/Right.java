package leat.notes;

/** What somebody may do with a note or a notebook; each right includes those before it. */
enum Right {
    READ,
    COMMENT,
    WRITE,
    /** Puts it away, and says in which notebook it lies. */
    REMOVE,
    /** Decides who else may do what. */
    SHARE;

    boolean includes(Right other) {
        return compareTo(other) >= 0;
    }

    static Right greater(Right one, Right other) {
        return one.includes(other) ? one : other;
    }
}
