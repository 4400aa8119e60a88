package leat.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script by which a shell completes our commands: {@code source <(leat completion bash)}. */
@Command(name = "completion", description = "Print a completion script: source <(leat completion bash)")
final class Completion implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private String shell = "";

    Completion(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        String script = AutoComplete.bash("leat", root);
        switch (shell.toLowerCase(Locale.ROOT)) {
            case "bash" -> console.line(script);
            // zsh runs completions of bash when it is told to.
            case "zsh" ->
                console.line("autoload -U +X compinit && compinit -u\nautoload -U +X bashcompinit && bashcompinit\n"
                        + script);
            default -> throw CommandFailure.usage("There are completions for bash and zsh, not for \"" + shell + "\".");
        }
    }
}
