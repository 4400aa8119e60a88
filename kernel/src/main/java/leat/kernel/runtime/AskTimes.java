package leat.kernel.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import leat.kernel.OverloadedException;
import leat.kernel.RefusedException;

/** How long questions take, by the module that is asked and by what became of them. */
final class AskTimes {
    private final Map<Key, Histogram> times = new ConcurrentHashMap<>();

    private record Key(String module, String outcome) {}

    /** Gives what {@code ask} gives or throws, and counts it. */
    <R> R timed(String module, Supplier<R> ask) {
        long begun = System.nanoTime();
        String outcome = "failed";
        try {
            R answer = ask.get();
            outcome = "answered";
            return answer;
        } catch (RefusedException refused) {
            outcome = "refused";
            throw refused;
        } catch (OverloadedException full) {
            outcome = "overloaded";
            throw full;
        } finally {
            times.computeIfAbsent(new Key(module, outcome), any -> Histogram.ofTimes())
                    .add(System.nanoTime() - begun);
        }
    }

    List<NodeStatus.Asked> counts() {
        return times.entrySet().stream()
                .map(entry -> new NodeStatus.Asked(
                        entry.getKey().module,
                        entry.getKey().outcome,
                        entry.getValue().counts()))
                .sorted(Comparator.comparing(NodeStatus.Asked::module).thenComparing(NodeStatus.Asked::outcome))
                .toList();
    }
}
