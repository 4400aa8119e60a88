package leat.webhooks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.RefusedException;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.web.outgoing.Outgoing;
import leat.web.outgoing.Publishing;
import leat.web.outgoing.Publishing.Delivery;

/**
 * Brings one event to one webhook, signed as Standard Webhooks says, until the receiver answers with a status from 200 to
 * 299 or {@link #GIVING_UP} is over. Whoever receives must expect an event twice: a process that dies after the answer and
 * before it was noted sends it again, with the same id.
 */
final class Deliverer {
    /** On one request from looking up the name to the end of the answer. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    /** How old an event may be when it is tried once more. */
    static final Duration GIVING_UP = Publishing.KEPT;

    static final TaskPolicy POLICY = new TaskPolicy(10_000, Duration.ofSeconds(5), Duration.ofHours(1), 64);

    private final Entities<Webhooks.Command, Webhooks.Event, Webhooks> webhooks;
    private final Entities<Delivered.Command, Delivered.Event, Delivered> delivered;
    private final WebhooksSettings settings;
    private final Outgoing outgoing;
    private final Clock clock;

    Deliverer(
            Entities<Webhooks.Command, Webhooks.Event, Webhooks> webhooks,
            Entities<Delivered.Command, Delivered.Event, Delivered> delivered,
            WebhooksSettings settings,
            Outgoing outgoing,
            Clock clock) {
        this.webhooks = webhooks;
        this.delivered = delivered;
        this.settings = settings;
        this.outgoing = outgoing;
        this.clock = clock;
    }

    /** A delivery that did not succeed and is tried again. */
    private static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }

    private record Answer(Optional<Integer> status, long millis, String said) {
        boolean good() {
            return status.filter(it -> it >= 200 && it <= 299).isPresent();
        }

        boolean gone() {
            return status.equals(Optional.of(410));
        }
    }

    void run(TaskRun task) {
        Delivery delivery = task.payload(Delivery.class);
        Webhooks.Hook hook =
                webhooks.get(delivery.organization()).state().hooks().get(delivery.listener());
        if (hook == null || hook.off().isPresent()) {
            return;
        }
        Answer answer = send(delivery, hook);
        Instant now = clock.instant();
        boolean test = delivery.type().equals(Hooks.TEST);
        boolean last =
                test || answer.gone() || delivery.event().at().plus(GIVING_UP).isBefore(now);
        note(
                task,
                delivery,
                answer,
                answer.good()
                        ? Delivered.Outcome.DELIVERED
                        : last ? Delivered.Outcome.GIVEN_UP : Delivered.Outcome.FAILED);
        if (answer.good()) {
            if (hook.failingSince().isPresent()) {
                tell(task, delivery, new Webhooks.Command.Succeed(delivery.listener()));
            }
            return;
        }
        if (test) {
            return;
        }
        tell(
                task,
                delivery,
                answer.gone()
                        ? new Webhooks.Command.Dismiss(delivery.listener())
                        : new Webhooks.Command.Fail(delivery.listener(), now));
        if (!last) {
            throw new FailedException(answer.said());
        }
    }

    private Answer send(Delivery delivery, Webhooks.Hook hook) {
        long begun = System.nanoTime();
        try {
            Outgoing.Answered answered = outgoing.post(
                    URI.create(hook.url()),
                    headers(delivery, hook),
                    delivery.body().getBytes(StandardCharsets.UTF_8));
            return new Answer(Optional.of(answered.status()), since(begun), shown(answered.excerpt()));
        } catch (Outgoing.UnreachedException | MissingKeyException e) {
            return new Answer(
                    Optional.empty(),
                    since(begun),
                    Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    private static final class MissingKeyException extends Exception {
        private static final long serialVersionUID = 1;

        MissingKeyException() {
            super("The key of this Leat is not the one with which this webhook was added; make another secret.");
        }
    }

    private Map<String, String> headers(Delivery delivery, Webhooks.Hook hook) throws MissingKeyException {
        byte[] key = settings.key().get().orElseThrow(MissingKeyException::new);
        Secret secret = Secret.of(key, delivery.listener(), hook.generation());
        if (!secret.fingerprint().equals(hook.fingerprint())) {
            throw new MissingKeyException();
        }
        String id = delivery.event().eventId();
        Instant now = clock.instant();
        String signatures = secret.signature(id, now.getEpochSecond(), delivery.body());
        if (hook.olderUntil().filter(now::isBefore).isPresent()) {
            Secret older = Secret.of(key, delivery.listener(), hook.generation() - 1);
            signatures += " " + older.signature(id, now.getEpochSecond(), delivery.body());
        }
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "Leat");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", signatures);
        return headers;
    }

    private static long since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos).toMillis();
    }

    /** The beginning of an answer as one line without control characters. */
    private static String shown(String excerpt) {
        String line = excerpt.codePoints()
                .map(it -> Character.isISOControl(it) || !Character.isDefined(it) || isHalf(it) ? ' ' : it)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return line.codePointCount(0, line.length()) <= Delivered.EXCERPT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, Delivered.EXCERPT));
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private void note(TaskRun task, Delivery delivery, Answer answer, Delivered.Outcome outcome) {
        delivered.tell(
                delivery.listener(),
                new Delivered.Command(new Delivered.Attempt(
                        delivery.event().eventId(),
                        delivery.type(),
                        delivery.module(),
                        delivery.event().entity(),
                        delivery.event().id(),
                        delivery.event().version(),
                        delivery.event().at(),
                        task.attempt(),
                        answer.status(),
                        answer.millis(),
                        answer.said(),
                        outcome)),
                at(task.envelope(2 * task.attempt())));
    }

    /** What became of the webhook meanwhile, such as its removal, is no fault. */
    private void tell(TaskRun task, Delivery delivery, Webhooks.Command command) {
        try {
            webhooks.tell(delivery.organization(), command, at(task.envelope(2 * task.attempt() + 1)));
        } catch (RefusedException _) {
            return;
        }
    }

    private Envelope at(Envelope envelope) {
        return new Envelope(envelope.commandId(), envelope.correlationId(), envelope.by(), clock.instant());
    }
}
