package leat.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: its own few commands and those of the apps, run to an exit code. */
public final class Leat {
    private final List<CommandGroup> groups;
    private final Surroundings surroundings;
    private final String version;

    public Leat(List<CommandGroup> groups, Surroundings surroundings, String version) {
        this.groups = List.copyOf(groups);
        this.surroundings = surroundings;
        this.version = version;
    }

    /** Runs one command, and returns its exit code: see {@link ExitCode}. */
    public int run(String... arguments) {
        var root = new Root();
        var console = new Console(surroundings, root.options, version);
        CommandLine line = new CommandLine(root);
        line.addSubcommand(new Login(console, Login.ofDesktop(surroundings)));
        line.addSubcommand(new Logout(console));
        line.addSubcommand(new WhoAmI(console));
        line.addSubcommand(new Version(console));
        line.addSubcommand(new Completion(console));
        Optional<String> called = called(arguments);
        groups.forEach(group -> line.addSubcommand(group.name(), commands(group, called, console)));

        ColorScheme colours = CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF);
        line.setColorScheme(colours);
        line.setOut(writer(surroundings.out()));
        line.setErr(writer(surroundings.err()));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((wrong, given) -> misused(console, wrong));
        line.setExecutionExceptionHandler((fault, command, result) -> {
            if (fault instanceof CommandFailure failure) {
                return console.failed(failure);
            }
            throw fault;
        });
        return line.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    /** A group that is not called for stands in the list of commands and nothing more. */
    private static CommandLine commands(CommandGroup group, Optional<String> called, Console console) {
        if (called.filter(name -> name.equals(group.name()) || name.equals("completion"))
                .isPresent()) {
            return new CommandLine(group.commands(console));
        }
        CommandSpec named = CommandSpec.create();
        named.usageMessage().description(group.summary());
        return new CommandLine(named);
    }

    /** The first word that is neither an option nor an option's value. */
    private static Optional<String> called(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--url") || argument.equals("--token")) {
                i++;
            } else if (!argument.startsWith("-")) {
                return Optional.of(argument);
            }
        }
        return Optional.empty();
    }

    private static int misused(Console console, ParameterException wrong) {
        List<String> similar = wrong instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .map(word -> "Did you mean \"" + word + "\"?")
                        .toList()
                : List.of();
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String message = wrong.getMessage() == null ? "The command is not complete" : wrong.getMessage();
        List<String> more = Stream.concat(similar.stream(), Stream.of("\"" + command + " --help\" explains it."))
                .toList();
        return console.failed(new CommandFailure(ExitCode.USAGE, "usage", message, more));
    }

    @Command(
            name = "leat",
            description = "Speaks with a running Leat.",
            footer = {
                "",
                "Exit codes: 0 done, 1 refused or failed, 2 misused, 3 not signed in, 4 no server, 5 conflict."
            })
    private static final class Root implements Runnable {
        @Mixin
        private final Options options = new Options();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "Which command?");
        }
    }
}
