package leat.kernel.test;

/** The process "died" here; an error, so that nothing that handles faults of the store takes it for one. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1;

    SimulatedCrash(String what) {
        super(what, null, false, false);
    }
}
