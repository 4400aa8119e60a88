package leat.accounts.api;

import java.util.Optional;
import leat.kernel.Asks;
import leat.web.Caller;
import leat.web.Doorkeeper;
import leat.web.Request;
import leat.web.Role;

/**
 * The doorkeeper of a node that does not host accounts: it asks one that does, for each request anew, so that what was
 * revoked a moment ago holds here too. When no such node answers, the request is refused as overload.
 */
public final class AskingDoorkeeper implements Doorkeeper {
    private final Asks asks;

    public AskingDoorkeeper(Asks asks) {
        this.asks = asks;
    }

    @Override
    public Caller whoIs(Request request) {
        WhoIs question = WhoIs.of(request);
        return question.isEmpty() ? new Caller.Nobody() : asks.ask(question).caller();
    }

    @Override
    public Optional<Role> roleOf(Caller caller, String organizationId) {
        return caller.id()
                .flatMap(userId -> asks.ask(new RoleOf(userId, organizationId)).role());
    }
}
