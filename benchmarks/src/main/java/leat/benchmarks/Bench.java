package leat.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the benchmarks named on the command line, or all of them, and prints each as a table.
 *
 * <p>Absolute figures hold for the machine they were taken on, and only there; the ratios are what to compare.
 */
public final class Bench {
    private Bench() {}

    private interface Benchmark {
        void run(Report report) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("journal", JournalBench::run);
        all.put("ask", AskBench::run);
        all.put("cluster", ClusterBench::run);
        all.put("start", StartBench::run);
        all.put("notes", NotesBench::run);
        all.put("mocks", MocksBench::run);
        all.put("publish", PublishBench::run);
        all.put("personal", PersonalBench::run);
        List<String> chosen = args.length == 0 ? List.copyOf(all.keySet()) : List.of(args);
        for (String name : chosen) {
            Benchmark benchmark = all.get(name);
            if (benchmark == null) {
                System.err.println(
                        "there is no benchmark \"" + name + "\"; there are " + String.join(", ", all.keySet()));
                System.exit(2);
                return;
            }
            Report report = new Report(name);
            benchmark.run(report);
            System.out.println(report.markdown());
        }
    }
}
