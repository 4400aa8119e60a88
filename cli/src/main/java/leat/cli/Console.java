package leat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import leat.kernel.Json;

/**
 * Where a command prints and whom it asks.
 *
 * <p>Results go to standard output: a table or sentence for people, or JSON alone with {@code --json}. Everything said on
 * the way goes to standard error, so that output can be piped.
 */
public final class Console {
    private final Surroundings surroundings;
    private final Options options;
    private final String version;

    Console(Surroundings surroundings, Options options, String version) {
        this.surroundings = surroundings;
        this.options = options;
        this.version = version;
    }

    /** The server to ask, as this person: from {@code --url} and {@code --token}, the environment, or the last sign-in. */
    public Remote server() {
        return new Remote(Connection.find(options, surroundings), version);
    }

    /** Whether the result is wanted as JSON. */
    public boolean json() {
        return options.json;
    }

    /** Prints a result: the value as JSON when that is wanted, else what the lines say. */
    public void show(Object value, Runnable forPeople) {
        if (json()) {
            surroundings.out().println(Json.text(value));
        } else {
            forPeople.run();
        }
    }

    /** Prints a result line. */
    public void line(String text) {
        surroundings.out().println(text);
    }

    /** Prints a table of results; its empty sentence when it has no rows. */
    public void table(Table table) {
        table.lines(colours()).forEach(this::line);
    }

    /** Says something on the way, to standard error. */
    public void note(String text) {
        surroundings.err().println(text);
    }

    /** Shows that something takes its time, until closed. */
    public Progress progress(String what) {
        return Progress.start(what, surroundings);
    }

    /** Whether to colour results: a terminal, and no {@code NO_COLOR}. */
    public boolean colours() {
        return surroundings.outIsTerminal() && surroundings.variable("NO_COLOR").isEmpty();
    }

    /** The first line of standard input, for secrets that must not stand in a command. */
    public String readLine() {
        try {
            var reader = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
            String line = reader.readLine();
            if (line == null || line.isBlank()) {
                throw CommandFailure.usage("Nothing came in on standard input.");
            }
            return line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of standard input, for a file named {@code -}. */
    public byte[] readAll() {
        try {
            return surroundings.in().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Options options() {
        return options;
    }

    String version() {
        return version;
    }

    int failed(CommandFailure failure) {
        if (json()) {
            surroundings.err().println(Json.text(failure.asJson()));
        } else {
            String error = surroundings.errIsTerminal()
                            && surroundings.variable("NO_COLOR").isEmpty()
                    ? Style.RED.on("error:")
                    : "error:";
            surroundings.err().println(error + " " + failure.sentence());
            failure.more().forEach(line -> surroundings.err().println("  " + line));
        }
        return failure.exitCode().number();
    }
}
