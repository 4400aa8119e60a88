package leat.cli;

import java.net.URI;
import java.util.Map;
import picocli.CommandLine.Command;

/** Forgets the token of a server. It asks the server nothing: signing out has to work when the server is gone. */
@Command(name = "logout", description = "Forget the token kept for a server; revoke it under Settings, Tokens.")
final class Logout implements Runnable {
    private final Console console;

    Logout(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Surroundings surroundings = console.surroundings();
        Credentials credentials = Credentials.in(surroundings.settings());
        URI url = Connection.url(console.options(), surroundings, credentials);
        boolean known = credentials.token(url).isPresent();
        if (known) {
            credentials.without(url);
        }
        console.show(
                Map.of("url", url.toString(), "wasSignedIn", known),
                () -> console.line(known ? "Signed out of " + url + "." : "Was not signed in to " + url + "."));
    }
}
