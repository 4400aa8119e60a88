package leat.notes;

/** As what somebody shares a note or a notebook with another. */
enum ShareRole {
    VIEWER(1, Right.READ),
    COMMENTER(2, Right.COMMENT),
    EDITOR(3, Right.WRITE);

    private final int rank;
    private final Right right;

    ShareRole(int rank, Right right) {
        this.rank = rank;
        this.right = right;
    }

    /** As rows have it; 0 there means that it is over. */
    int rank() {
        return rank;
    }

    Right right() {
        return right;
    }
}
