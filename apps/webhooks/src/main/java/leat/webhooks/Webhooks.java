package leat.webhooks;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Wire;

/**
 * The webhooks of one organization; the entity's id is the organization's.
 *
 * <p>Secrets are not in it: they follow from the key of this Leat and a webhook's id and generation, see {@link Secret}.
 *
 * @param hooks by id, in the order in which they were added
 */
record Webhooks(Map<String, Hook> hooks) {
    /** Webhooks of an organization. */
    static final int MAX = 20;

    static final int MAX_URL = 2_048;
    static final int MAX_DESCRIPTION = 200;

    /** Event types of a webhook. */
    static final int MAX_TYPES = 50;

    /** How long the secret before is still signed with after another was made. */
    static final Duration OVERLAP = Duration.ofHours(24);

    /** How long a webhook may fail without one success before it is turned off. */
    static final Duration PATIENCE = Duration.ofDays(5);

    /**
     * One address that is told of events.
     *
     * @param types names of event types
     * @param generation of its secret, from 1
     * @param fingerprint of its secret, by which another key of this Leat is noticed
     * @param olderUntil how long the generation before is signed with, too
     * @param failingSince the first failure after the last success
     * @param off why it is turned off
     */
    record Hook(
            String url,
            String description,
            List<String> types,
            int generation,
            String fingerprint,
            Optional<Instant> olderUntil,
            Optional<Instant> failingSince,
            Optional<String> off,
            Instant addedAt) {
        Hook {
            types = List.copyOf(types);
        }

        Hook pointing(String otherUrl, String otherDescription, List<String> otherTypes) {
            return new Hook(
                    otherUrl,
                    otherDescription,
                    otherTypes,
                    generation,
                    fingerprint,
                    olderUntil,
                    failingSince,
                    off,
                    addedAt);
        }

        Hook rotated(int next, String nextFingerprint, Instant until) {
            return new Hook(
                    url, description, types, next, nextFingerprint, Optional.of(until), failingSince, off, addedAt);
        }

        Hook standing(Optional<Instant> failing, Optional<String> reason) {
            return new Hook(url, description, types, generation, fingerprint, olderUntil, failing, reason, addedAt);
        }
    }

    Webhooks {
        hooks = Collections.unmodifiableMap(new LinkedHashMap<>(hooks));
    }

    sealed interface Command {
        record Add(String hook, String url, String description, List<String> types, String fingerprint)
                implements Command {}

        record Change(String hook, String url, String description, List<String> types) implements Command {}

        /** Makes another secret. */
        record Rotate(String hook, int generation, String fingerprint) implements Command {}

        record TurnOff(String hook) implements Command {}

        record TurnOn(String hook) implements Command {}

        record Remove(String hook) implements Command {}

        /** A delivery failed; when that has gone on for too long, the webhook is turned off. */
        record Fail(String hook, Instant at) implements Command {}

        /** The receiver said that the address is gone for good. */
        record Dismiss(String hook) implements Command {}

        record Succeed(String hook) implements Command {}
    }

    sealed interface Event {
        record WasAdded(String hook, String url, String description, List<String> types, String fingerprint, Instant at)
                implements Event {}

        record Changed(String hook, String url, String description, List<String> types) implements Event {}

        record Rotated(String hook, int generation, String fingerprint, Instant olderUntil) implements Event {}

        record StartedFailing(String hook, Instant since) implements Event {}

        record StoppedFailing(String hook) implements Event {}

        record WasTurnedOff(String hook, String reason) implements Event {}

        record WasTurnedOn(String hook) implements Event {}

        record WasRemoved(String hook) implements Event {}
    }

    static final Decider<Command, Event, Webhooks> DECIDER =
            Decider.of(new Webhooks(Map.of()), Webhooks::decide, Webhooks::evolve);

    static final EntityType<Command, Event, Webhooks> TYPE = EntityType.of(
                    "webhooks",
                    DECIDER,
                    Wire.of("webhook.added", Event.WasAdded.class),
                    Wire.of("webhook.changed", Event.Changed.class),
                    Wire.of("webhook.secret-rotated", Event.Rotated.class),
                    Wire.of("webhook.started-failing", Event.StartedFailing.class),
                    Wire.of("webhook.stopped-failing", Event.StoppedFailing.class),
                    Wire.of("webhook.turned-off", Event.WasTurnedOff.class),
                    Wire.of("webhook.turned-on", Event.WasTurnedOn.class),
                    Wire.of("webhook.removed", Event.WasRemoved.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Webhooks webhooks, Envelope envelope) {
        return switch (command) {
            case Command.Add add -> add(add, webhooks, envelope.at());
            case Command.Change(String id, String url, String description, List<String> types) ->
                webhooks.with(id, hook -> {
                    var wrong = violations(url, description, types);
                    return wrong.isEmpty()
                            ? unless(
                                    hook.equals(hook.pointing(url, description, types)),
                                    new Event.Changed(id, url, description, types))
                            : Decision.refuse(invalid(wrong));
                });
            case Command.Rotate(String id, int generation, String fingerprint) ->
                webhooks.with(
                        id,
                        hook -> generation == hook.generation() + 1
                                ? Decision.accept(new Event.Rotated(
                                        id,
                                        generation,
                                        fingerprint,
                                        envelope.at().plus(OVERLAP)))
                                : Decision.refuse(
                                        CONFLICT, "webhook.rotated", "Somebody else made another secret just now."));
            case Command.TurnOff(String id) ->
                webhooks.with(
                        id,
                        hook -> unless(hook.off().isPresent(), new Event.WasTurnedOff(id, "Turned off by a person.")));
            case Command.TurnOn(String id) ->
                webhooks.with(id, hook -> unless(hook.off().isEmpty(), new Event.WasTurnedOn(id)));
            case Command.Remove(String id) -> webhooks.with(id, hook -> Decision.accept(new Event.WasRemoved(id)));
            case Command.Fail(String id, Instant at) -> webhooks.with(id, hook -> fail(id, hook, at));
            case Command.Dismiss(String id) ->
                webhooks.with(
                        id,
                        hook -> unless(
                                hook.off().isPresent(),
                                new Event.WasTurnedOff(id, "The receiver answered 410: the address is gone.")));
            case Command.Succeed(String id) ->
                webhooks.with(id, hook -> unless(hook.failingSince().isEmpty(), new Event.StoppedFailing(id)));
        };
    }

    private static Decision<Event> add(Command.Add add, Webhooks webhooks, Instant at) {
        if (webhooks.hooks().containsKey(add.hook())) {
            return Decision.alreadySo();
        }
        if (webhooks.hooks().size() >= MAX) {
            return Decision.refuse(
                    CONFLICT,
                    "webhook.too-many",
                    "An organization has at most " + MAX + " webhooks; remove one first.");
        }
        var wrong = violations(add.url(), add.description(), add.types());
        return wrong.isEmpty()
                ? Decision.accept(new Event.WasAdded(
                        add.hook(), add.url(), add.description(), add.types(), add.fingerprint(), at))
                : Decision.refuse(invalid(wrong));
    }

    private static Decision<Event> fail(String id, Hook hook, Instant at) {
        if (hook.off().isPresent()) {
            return Decision.alreadySo();
        }
        if (hook.failingSince().isEmpty()) {
            return Decision.accept(new Event.StartedFailing(id, at));
        }
        return unless(
                at.isBefore(hook.failingSince().get().plus(PATIENCE)),
                new Event.WasTurnedOff(id, "Nothing was delivered for " + PATIENCE.toDays() + " days."));
    }

    private Decision<Event> with(String id, Function<Hook, Decision<Event>> decide) {
        Hook hook = hooks.get(id);
        return hook == null ? Decision.refuse(absent()) : decide.apply(hook);
    }

    private static Decision<Event> unless(boolean already, Event event) {
        return already ? Decision.alreadySo() : Decision.accept(event);
    }

    static Webhooks evolve(Webhooks webhooks, Event event) {
        return switch (event) {
            case Event.WasAdded(
                    String id,
                    String url,
                    String description,
                    List<String> types,
                    String fingerprint,
                    Instant at) ->
                webhooks.putting(
                        id,
                        new Hook(
                                url,
                                description,
                                types,
                                1,
                                fingerprint,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                at));
            case Event.Changed(String id, String url, String description, List<String> types) ->
                webhooks.changing(id, hook -> hook.pointing(url, description, types));
            case Event.Rotated(String id, int generation, String fingerprint, Instant until) ->
                webhooks.changing(id, hook -> hook.rotated(generation, fingerprint, until));
            case Event.StartedFailing(String id, Instant since) ->
                webhooks.changing(id, hook -> hook.standing(Optional.of(since), Optional.empty()));
            case Event.StoppedFailing(String id) ->
                webhooks.changing(id, hook -> hook.standing(Optional.empty(), hook.off()));
            case Event.WasTurnedOff(String id, String reason) ->
                webhooks.changing(id, hook -> hook.standing(hook.failingSince(), Optional.of(reason)));
            case Event.WasTurnedOn(String id) ->
                webhooks.changing(id, hook -> hook.standing(Optional.empty(), Optional.empty()));
            case Event.WasRemoved(String id) -> webhooks.without(id);
        };
    }

    private Webhooks putting(String id, Hook hook) {
        var more = new LinkedHashMap<>(hooks);
        more.put(id, hook);
        return new Webhooks(more);
    }

    private Webhooks changing(String id, UnaryOperator<Hook> change) {
        var other = new LinkedHashMap<>(hooks);
        other.computeIfPresent(id, (_, hook) -> change.apply(hook));
        return new Webhooks(other);
    }

    private Webhooks without(String id) {
        var fewer = new LinkedHashMap<>(hooks);
        fewer.remove(id);
        return new Webhooks(fewer);
    }

    /** @throws leat.kernel.RefusedException with {@code webhook.absent} */
    Hook hook(String id) {
        return Optional.ofNullable(hooks.get(id)).orElseThrow(() -> absent().asException());
    }

    static List<Violation> violations(String url, String description, List<String> types) {
        var wrong = new ArrayList<Violation>();
        if (!leadsSomewhere(url)) {
            wrong.add(new Violation(
                    "url",
                    "url.shape",
                    "Use an http or https address without a name and password in it, of at most " + MAX_URL
                            + " characters."));
        }
        if (description.codePointCount(0, description.length()) > MAX_DESCRIPTION
                || description.codePoints().anyMatch(Character::isISOControl)) {
            wrong.add(new Violation(
                    "description", "description.shape", "Use one line of at most " + MAX_DESCRIPTION + " characters."));
        }
        if (types.isEmpty()
                || types.size() > MAX_TYPES
                || types.stream().distinct().count() < types.size()) {
            wrong.add(new Violation("types", "types.number", "Choose 1 to " + MAX_TYPES + " event types, each once."));
        }
        return List.copyOf(wrong);
    }

    private static boolean leadsSomewhere(String url) {
        if (url.length() > MAX_URL) {
            return false;
        }
        try {
            URI uri = new URI(url).parseServerAuthority();
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 65_535
                    && (scheme.equals("http") || scheme.equals("https"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "webhook.absent", "There is no such webhook.");
    }

    static Refusal invalid(List<Violation> wrong) {
        return Refusal.invalid("webhook.invalid", wrong.getFirst().message(), wrong);
    }
}
