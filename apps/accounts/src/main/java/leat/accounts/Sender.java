package leat.accounts;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Request;

/**
 * Who sends a command, as its envelope says it: {@code user:<id>/session:<id>}, {@code user:<id>/token:<id>},
 * {@code user:<id>} for somebody who is coming in just now, or {@code system}.
 *
 * @param via the way in, in words: {@code session 01J0…}
 */
record Sender(Optional<String> userId, Optional<String> via) {

    static Sender read(String by) {
        if (!by.startsWith("user:")) {
            return new Sender(Optional.empty(), Optional.empty());
        }
        int slash = by.indexOf('/');
        return slash < 0
                ? new Sender(Optional.of(by.substring(5)), Optional.empty())
                : new Sender(
                        Optional.of(by.substring(5, slash)),
                        Optional.of(by.substring(slash + 1).replace(':', ' ')));
    }

    static String by(Caller caller) {
        return switch (caller) {
            case Caller.Nobody _ -> "nobody";
            case Caller.Person person ->
                "user:" + person.userId()
                        + switch (person.credential()) {
                            case Credential.Session session -> "/session:" + session.sessionId();
                            case Credential.Token token -> "/token:" + token.tokenId();
                        };
        };
    }

    /** The envelope of a request's first command; the caller's Idempotency-Key makes its id. */
    static Envelope envelope(Request request, Clock clock, Ids ids) {
        UUID commandId = request.idempotencyKey()
                .map(key -> own(key, request.caller().id().orElse("")))
                .orElseGet(ids::nextCommand);
        return new Envelope(commandId, request.requestId(), by(request.caller()), clock.instant());
    }

    /** A caller's key as that caller's own command, so that nobody gets an answer by another's key. */
    private static UUID own(UUID key, String userId) {
        ByteBuffer hash = ByteBuffer.wrap(Secret.sha256(userId + "/" + key));
        long high = key.getMostSignificantBits() & 0xffffffffffff0000L | 0x8000L | hash.getShort() & 0x0fffL;
        return new UUID(high, hash.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }
}
