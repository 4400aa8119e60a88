package leat.engine.distributed;

/** Another node was quicker with the same name or command: the group is begun again, and then sees what that one did. */
final class Contention extends RuntimeException {
    private static final long serialVersionUID = 1;

    Contention(String what) {
        super(what, null, false, false);
    }
}
