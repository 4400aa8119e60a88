package leat.platform;

import java.util.List;
import leat.cli.CommandGroup;
import leat.cli.Leat;
import leat.cli.Surroundings;

/** The command line with the commands of every app in this release. */
public final class Cli {
    private Cli() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new Leat(groups(), Surroundings.ofProcess(), Release.VERSION).run(arguments);
    }

    private static List<CommandGroup> groups() {
        return List.of();
    }
}
