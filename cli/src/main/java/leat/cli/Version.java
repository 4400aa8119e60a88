package leat.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** Says which Leat this is; asks no server. */
@Command(name = "version", description = "Show the version of this command line.")
final class Version implements Runnable {
    private final Console console;

    Version(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.show(
                Map.of("version", console.version(), "java", Runtime.version().toString()),
                () -> console.line("leat " + console.version() + " on Java " + Runtime.version()));
    }
}
