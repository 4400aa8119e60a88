package leat.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Says as whom the server knows us. */
@Command(name = "whoami", description = "Show who is signed in, and where.")
final class WhoAmI implements Runnable {
    private final Console console;

    WhoAmI(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Remote server = console.server();
        JsonNode me = server.get("/api/accounts/me").json();
        console.show(me, () -> console.line(Table.plain(me.path("name").asString("?")) + " at " + server.url()));
    }
}
