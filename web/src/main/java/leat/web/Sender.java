package leat.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import leat.kernel.Envelope;
import leat.kernel.Ids;

/**
 * Makes commands of requests: who sends them, when, and as which command.
 *
 * <p>The caller's Idempotency-Key, made the caller's own, is the command's id, so that sending again is the same command.
 */
public record Sender(Clock clock, Ids ids) {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    /**
     * The envelope of the command that a request makes.
     *
     * @throws leat.kernel.RefusedException when nobody is signed in, or the Idempotency-Key is no UUID
     */
    public Envelope envelope(Request request) {
        Caller.Person person = request.person();
        UUID commandId = request.idempotencyKey()
                .map(key -> UUID.nameUUIDFromBytes(
                        ("user:" + person.userId() + "/" + key).getBytes(StandardCharsets.UTF_8)))
                .orElseGet(ids::nextCommand);
        return new Envelope(commandId, request.requestId(), by(person), clock.instant());
    }

    /** The id of what a command makes; the same command makes the same, also when it is sent again. */
    public String idFor(Request request, Envelope envelope) {
        if (request.idempotencyKey().isEmpty()) {
            return ids.next();
        }
        var text = new StringBuilder(Ids.LENGTH);
        text.append(DIGITS[(int) (envelope.commandId().getMostSignificantBits() & 15)]);
        for (int i = 1; i < Ids.LENGTH; i++) {
            text.append(DIGITS[(int) (envelope.commandId().getLeastSignificantBits() >>> (5 * (i - 1)) & 31)]);
        }
        return text.toString();
    }

    /** A person as journals remember them, with how they proved who they are. */
    public static String by(Caller.Person person) {
        return "user:" + person.userId()
                + switch (person.credential()) {
                    case Credential.Session session -> "/session:" + session.sessionId();
                    case Credential.Token token -> "/token:" + token.tokenId();
                };
    }
}
