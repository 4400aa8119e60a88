package leat.web;

import java.nio.ByteBuffer;
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
                .map(key -> UUID.nameUUIDFromBytes((user(person) + "/" + key).getBytes(StandardCharsets.UTF_8)))
                .orElseGet(ids::nextCommand);
        return new Envelope(commandId, request.requestId(), by(person), clock.instant());
    }

    /** The envelope of a second command that one request makes to the same thing. */
    public Envelope secondEnvelope(Request request) {
        Envelope first = envelope(request);
        UUID commandId = request.idempotencyKey().isEmpty()
                ? first.commandId()
                : UUID.nameUUIDFromBytes((first.commandId() + "/2").getBytes(StandardCharsets.UTF_8));
        return new Envelope(commandId, first.correlationId(), first.by(), first.at());
    }

    /** The id of what a command makes; the same command makes the same, also when it is sent again. */
    public String idFor(Request request, Envelope envelope) {
        return request.idempotencyKey().isEmpty() ? ids.next() : id(envelope.commandId());
    }

    /** An id that is made of a name, and the same whenever it is. */
    public static String id(UUID name) {
        var text = new StringBuilder(Ids.LENGTH);
        text.append(DIGITS[(int) (name.getMostSignificantBits() & 15)]);
        for (int i = 1; i < Ids.LENGTH; i++) {
            text.append(DIGITS[(int) (name.getLeastSignificantBits() >>> (5 * (i - 1)) & 31)]);
        }
        return text.toString();
    }

    /** The same of a digest of 16 bytes or more. */
    public static String id(byte[] digest) {
        var bytes = ByteBuffer.wrap(digest);
        return id(new UUID(bytes.getLong(), bytes.getLong()));
    }

    /** Whoever sends a request, as entities remember people: {@code user:<id>}. */
    public static String person(Request request) {
        return user(request.person());
    }

    /** The same with the session or token that they came by, as envelopes name them. */
    public static String by(Request request) {
        return by(request.person());
    }

    private static String user(Caller.Person person) {
        return "user:" + person.userId();
    }

    /** A person as journals remember them, with how they proved who they are. */
    public static String by(Caller.Person person) {
        return user(person)
                + switch (person.credential()) {
                    case Credential.Session session -> "/session:" + session.sessionId();
                    case Credential.Token token -> "/token:" + token.tokenId();
                };
    }
}
