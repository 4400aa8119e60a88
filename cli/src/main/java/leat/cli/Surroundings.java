package leat.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a command line meets outside itself, so that tests can bring their own.
 *
 * @param outIsTerminal whether a person reads {@code out}: colours
 * @param errIsTerminal whether a person reads {@code err}: progress that rewrites its line, and a browser to open
 * @param settings the folder for this person's settings of Leat; made when needed
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        InputStream in,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        Path settings) {

    /**
     * Those of this process. The {@code leat} script tells by the property {@code leat.terminal} which streams are
     * terminals ({@code out}, {@code err}, {@code out,err}); asking the JVM instead would start a line editor.
     */
    public static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        String terminals = System.getProperty("leat.terminal", "");
        Path config = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
        return new Surroundings(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.in,
                terminals.contains("out"),
                terminals.contains("err"),
                environment,
                config.resolve("leat"));
    }

    /** UTF-8, and a flush at each line end, whatever the locale says. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
