package leat.notes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Request;

/**
 * Makes commands of requests: who sends them, and as which command.
 *
 * <p>The caller's Idempotency-Key, made the caller's own, is the command's id, so that sending again is the same command.
 */
record Sender(Clock clock, Ids ids) {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    Envelope envelope(Request request) {
        UUID commandId = request.idempotencyKey()
                .map(key -> UUID.nameUUIDFromBytes((person(request) + "/" + key).getBytes(StandardCharsets.UTF_8)))
                .orElseGet(ids::nextCommand);
        return new Envelope(commandId, request.requestId(), by(request.person()), clock.instant());
    }

    /** The envelope of a second command that one request makes to the same thing. */
    Envelope secondEnvelope(Request request) {
        Envelope first = envelope(request);
        UUID commandId = request.idempotencyKey().isEmpty()
                ? first.commandId()
                : UUID.nameUUIDFromBytes((first.commandId() + "/2").getBytes(StandardCharsets.UTF_8));
        return new Envelope(commandId, first.correlationId(), first.by(), first.at());
    }

    /** The id of what a command makes; the same command makes the same, also when it is sent again. */
    String idFor(Request request, Envelope envelope) {
        if (request.idempotencyKey().isEmpty()) {
            return ids.next();
        }
        return id(envelope.commandId());
    }

    /** An id that is made of a name, and the same whenever it is. */
    static String id(UUID name) {
        var text = new StringBuilder(Ids.LENGTH);
        text.append(DIGITS[(int) (name.getMostSignificantBits() & 15)]);
        for (int i = 1; i < Ids.LENGTH; i++) {
            text.append(DIGITS[(int) (name.getLeastSignificantBits() >>> (5 * (i - 1)) & 31)]);
        }
        return text.toString();
    }

    /** The same of a digest of 16 bytes or more. */
    static String id(byte[] digest) {
        var bytes = ByteBuffer.wrap(digest);
        return id(new UUID(bytes.getLong(), bytes.getLong()));
    }

    /** The caller as notes remember people. */
    static String person(Request request) {
        return Visibility.person(by(request.person()));
    }

    /** The caller as envelopes name them, with the session or token that they came by. */
    static String by(Request request) {
        return by(request.person());
    }

    private static String by(Caller.Person person) {
        return "user:" + person.userId()
                + switch (person.credential()) {
                    case Credential.Session session -> "/session:" + session.sessionId();
                    case Credential.Token token -> "/token:" + token.tokenId();
                };
    }
}
