package leat.notes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import leat.cli.CommandFailure;
import leat.cli.ExitCode;

/**
 * The editor that a person likes, from {@code VISUAL} or {@code EDITOR}; {@code vi} when neither says.
 *
 * @param environment a variable of the process; empty when it is not set
 */
record TextEditor(Function<String, Optional<String>> environment) {
    /** What is in a file once the person has left the editor. */
    String edit(Path file) {
        String command = environment
                .apply("VISUAL")
                .or(() -> environment.apply("EDITOR"))
                .filter(it -> !it.isBlank())
                .orElse("vi");
        try {
            // The shell takes the command apart, for it may have options: code --wait.
            int exit = new ProcessBuilder("sh", "-c", command + " \"$0\"", file.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw failed("The editor \"" + command + "\" ended with " + exit + "; nothing was changed.", file);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw failed("The editor \"" + command + "\" cannot be used: " + e.getMessage(), file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("Interrupted; nothing was changed.", file);
        }
    }

    private static CommandFailure failed(String sentence, Path file) {
        return new CommandFailure(
                ExitCode.REFUSED, "editor.failed", sentence, List.of("What was written is in " + file + "."));
    }
}
