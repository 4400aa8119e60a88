package leat.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Types a command and keeps what came of it. */
final class Typed {
    private final Path settings;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String in = "";
    private boolean terminal;
    private List<CommandGroup> groups = List.of();
    private int exitCode = -1;

    private Typed(Path settings) {
        this.settings = settings;
    }

    static Typed with(Path settings) {
        return new Typed(settings);
    }

    Typed variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Typed in(String text) {
        in = text;
        return this;
    }

    Typed onTerminal() {
        terminal = true;
        return this;
    }

    Typed groups(CommandGroup... some) {
        groups = List.of(some);
        return this;
    }

    Typed run(String... arguments) {
        var surroundings = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                terminal,
                terminal,
                environment,
                settings);
        exitCode = new Leat(groups, surroundings, "1.2.3").run(arguments);
        return this;
    }

    int exitCode() {
        return exitCode;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
