package leat.benchmarks;

import java.util.List;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import leat.kernel.Ask;
import leat.kernel.Definition;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;

/** Asking a module in the same process, beside calling its method directly. */
final class AskBench {
    private static final int ROUNDS = 20_000_000;

    private AskBench() {}

    record Twice(long number) implements Ask<Long> {}

    private static final class Doubler implements Module {
        @Override
        public String name() {
            return "doubler";
        }

        @Override
        public void define(Definition m) {
            m.serves(Twice.class, ask -> ask.number() * 2);
        }
    }

    static void run(Report report) throws Exception {
        try (Scratch scratch = Scratch.make();
                Engine engine = EmbeddedEngine.open(scratch.folder(), EmbeddedSettings.DEFAULT);
                Node node = Node.start(NodeSettings.defaults(), engine, List.of(new Doubler()))) {
            long sum = 0;
            for (int round = 0; round < 2; round++) {
                long begun = System.nanoTime();
                for (int i = 0; i < ROUNDS; i++) {
                    sum += node.asks().ask(new Twice(i));
                }
                double rate = ROUNDS * 1e9 / (System.nanoTime() - begun);
                if (round == 1) {
                    report.row(
                            "local asks, one thread" + (sum == 0 ? " (nothing)" : ""),
                            Report.perSecond(rate),
                            "≥ 1,000,000/s");
                }
            }
        }
    }
}
