package leat.platform;

import java.util.ArrayList;
import java.util.List;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeStatus;

/** Whether this process wants requests, and if not, why. */
final class Readiness {
    private final Node node;
    private volatile boolean draining;

    Readiness(Node node) {
        this.node = node;
    }

    /** From now on it wants no more. */
    void drain() {
        draining = true;
    }

    /** Empty when ready. */
    List<String> reasons() {
        if (draining) {
            return List.of("Leat is stopping.");
        }
        if (node.ready()) {
            return List.of();
        }
        var reasons = new ArrayList<String>();
        for (NodeStatus.FollowerStatus view : node.status().views()) {
            if (view.lag() > 0) {
                reasons.add("The view " + view.name() + " has " + view.lag() + " events to catch up.");
            }
        }
        return reasons.isEmpty() ? List.of("Views are catching up.") : reasons;
    }
}
