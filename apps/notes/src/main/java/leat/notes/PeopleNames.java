package leat.notes;

import java.util.HashMap;
import java.util.Map;
import leat.cli.CommandFailure;
import leat.cli.Remote;

/** People as the command line shows them: by their names, or by their ids where the server does not tell these. */
final class PeopleNames {
    private final Remote server;
    private final Map<String, String> known = new HashMap<>();

    PeopleNames(Remote server) {
        this.server = server;
    }

    String of(String userId) {
        return known.computeIfAbsent(userId, this::asked);
    }

    private String asked(String userId) {
        try {
            return server.get("/api/accounts/users/" + userId)
                    .json()
                    .path("name")
                    .asString(userId);
        } catch (CommandFailure unknown) {
            return userId;
        }
    }
}
