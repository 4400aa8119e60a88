package leat.platform;

import java.util.List;
import leat.cli.CommandGroup;
import leat.cli.Leat;
import leat.cli.Surroundings;
import leat.mocks.MocksCommands;
import leat.notes.NotesCommands;
import leat.webhooks.WebhooksCommands;

/** The command line with the commands of every app in this release. */
public final class Cli {
    private Cli() {}

    public static void main(String[] arguments) {
        int exitCode = run(arguments);
        // System.exit would first set up logging, to log that it exits.
        Runtime.getRuntime().halt(exitCode);
    }

    static int run(String... arguments) {
        return new Leat(groups(), Surroundings.ofProcess(), Release.VERSION).run(arguments);
    }

    private static List<CommandGroup> groups() {
        return List.of(new MocksCommands(), new NotesCommands(), new WebhooksCommands(), new BackupCommands());
    }
}
