package leat.cli;

import java.io.PrintStream;
import java.time.Duration;

/**
 * A line on standard error that says what is going on and for how long: rewritten every second on a terminal, otherwise
 * printed once at the start and once at the end. It ends with "done" only when {@link #done} said so before it was closed.
 */
public final class Progress implements AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final PrintStream err;
    private final boolean rewrites;
    private final long startNanos = System.nanoTime();
    private final Thread ticker;
    private String what;
    private String end = " failed";

    private Progress(String what, PrintStream err, boolean rewrites) {
        this.what = what;
        this.err = err;
        this.rewrites = rewrites;
        this.ticker = Thread.ofVirtual().unstarted(this::tick);
    }

    static Progress start(String what, Surroundings surroundings) {
        var progress = new Progress(what, surroundings.err(), surroundings.errIsTerminal());
        progress.draw("…");
        if (progress.rewrites) {
            progress.ticker.start();
        }
        return progress;
    }

    /** Says what is going on now. */
    public synchronized void now(String step) {
        if (!step.equals(what)) {
            what = step;
            draw("…");
        }
    }

    /** What was going on has succeeded. */
    public synchronized void done() {
        end = " done";
    }

    @Override
    public void close() {
        ticker.interrupt();
        draw(end);
        if (rewrites) {
            err.println();
        }
    }

    private synchronized void draw(String mark) {
        long seconds = (System.nanoTime() - startNanos) / 1_000_000_000L;
        String line = what + mark + (seconds > 0 ? " " + seconds + " s" : "");
        if (rewrites) {
            err.print("\r\u001b[K" + line);
            err.flush();
        } else {
            err.println(line);
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK);
                draw("…");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
