package leat.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, wherever they stand on the line. */
final class Options {
    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Ask this server. Otherwise LEAT_URL, the one last signed in to, or http://localhost:8080.")
    Optional<String> url = Optional.empty();

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description =
                    "Be whom this API token stands for; - reads it from standard input. Otherwise LEAT_TOKEN, or the"
                            + " last sign-in.")
    Optional<String> token = Optional.empty();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print JSON instead of text; errors too, to standard error.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain this command.")
    boolean help;
}
