package leat.web;

/** What a person may do in one organization, each role including the ones before it. */
public enum Role {
    /** Looks. */
    VIEWER,
    /** Looks and changes. */
    EDITOR,
    /** Looks, changes, and decides who else may. */
    OWNER;

    /** Whether this role includes the other. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
