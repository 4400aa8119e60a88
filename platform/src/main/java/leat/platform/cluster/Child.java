package leat.platform.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that ends when this process does, however that comes about: a shell waits for the end of a pipe that only this
 * process holds open, and then sends a signal. It is in a session of its own where the machine can do that, so that Ctrl-C
 * reaches this process alone.
 */
final class Child {
    /** Becomes the program; the watcher beside it belongs to nobody, so that the program has no child that it did not make. */
    private static final String SCRIPT =
            "signal=$1; shift; exec 3<&0 </dev/null; ( (trap '' INT TERM HUP; cat <&3; kill -\"$signal\" $$) >/dev/null 2>&1 & );"
                    + " exec \"$@\" 3<&-";

    private static final boolean SESSIONS = Files.isExecutable(Path.of("/usr/bin/setsid"));

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * @param name for people
     * @param log what it writes is added there
     * @param signal sent when this process is gone: {@code KILL}
     */
    static Child start(
            String name, Path log, String signal, Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        List<String> all = new ArrayList<>();
        if (SESSIONS) {
            all.add("/usr/bin/setsid");
        }
        all.addAll(List.of("/bin/sh", "-c", SCRIPT, "leat", signal));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("LEAT_"));
        builder.environment().putAll(environment);
        return new Child(name, log, builder.start());
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** @throws IOException with the end of what it wrote, when it has ended */
    void mustLive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(name + " ended with " + process.exitValue() + ": " + said());
        }
    }

    /** The last lines that it wrote. */
    String said() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** Kill -9, also of what it started; returns when all of it is gone. */
    void kill() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(handle -> handle.onExit().join());
    }

    /** Sends a signal, such as {@code INT}; what has ended gets none. */
    void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a signal that asks it to end, and kills it when it has not after a while. */
    void end(String signal, Duration patience) {
        if (process.isAlive()) {
            signal(signal);
            try {
                if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        kill();
    }
}
