package leat.kernel.runtime;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The recent faults of this node, newest first, for the operations page; each is also logged once. */
public final class Faults {
    /** Faults that are remembered. */
    public static final int KEPT = 200;

    private static final System.Logger LOG = System.getLogger("leat.faults");

    private final Clock clock;
    private final Deque<Fault> recent = new ArrayDeque<>();
    private long count;

    Faults(Clock clock) {
        this.clock = clock;
    }

    /** @param where the view, process, task or request that failed */
    public record Fault(Instant at, String where, String message, String correlationId) {}

    public void report(String where, Throwable fault, String correlationId) {
        LOG.log(Level.WARNING, where + " [" + correlationId + "]", fault);
        synchronized (recent) {
            count++;
            recent.addFirst(new Fault(clock.instant(), where, describe(fault), correlationId));
            if (recent.size() > KEPT) {
                recent.removeLast();
            }
        }
    }

    public List<Fault> recent() {
        synchronized (recent) {
            return new ArrayList<>(recent);
        }
    }

    /** Faults since the start. */
    public long count() {
        synchronized (recent) {
            return count;
        }
    }

    static String sentence(Throwable fault) {
        String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }

    /** One line that a person can act on: the class only where the message alone would not do. */
    static String describe(Throwable fault) {
        String message = fault.getMessage();
        return message == null
                ? fault.getClass().getSimpleName()
                : fault.getClass().getSimpleName() + ": " + message;
    }
}
