package leat.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import leat.accounts.api.FindOrganization;
import leat.accounts.api.Organization;
import leat.kernel.Answer;
import leat.kernel.Asks;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Json;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Tasks;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Sender;
import leat.web.outgoing.EventCatalogue;
import leat.web.outgoing.EventType;
import leat.web.outgoing.PublishedEvent;
import leat.web.outgoing.Publishing;
import leat.web.outgoing.Publishing.Delivery;
import leat.web.outgoing.Publishing.Reference;

/** What the edges do with webhooks: each method is one thing that an owner of an organization can want. */
record Hooks(
        Entities<Webhooks.Command, Webhooks.Event, Webhooks> webhooks,
        Reader deliveries,
        EventCatalogue catalogue,
        WebhooksSettings settings,
        Asks asks,
        Tasks tasks,
        Clock clock,
        Sender sender) {
    /** The type of the event by which an address is tried; it is sent to whom it is meant for, whatever they chose. */
    static final String TEST = "webhook.test";

    /** What a test says. */
    record Greeting(String message) {}

    /** A webhook as it stands. */
    record Found(String id, Webhooks.Hook hook, long version) {}

    /** One with its secret, which is shown only now. */
    record WithSecret(Found found, String secret) {}

    /** What a person chooses. */
    record Draft(String url, String description, List<String> types) {}

    // --- asking --------------------------------------------------------------------------------------------------

    /** The id of the organization that the path names; empty when there is none. */
    Optional<String> organizationId(Request request) {
        return organization(request).map(Organization::id);
    }

    Organization foundOrganization(Request request) {
        return organization(request)
                .orElseThrow(
                        () -> Refusal.of(Refusal.Kind.ABSENT, "organization.absent", "There is no such organization.")
                                .asException());
    }

    private Optional<Organization> organization(Request request) {
        return asks.ask(FindOrganization.byName(request.parameter("org"))).organization();
    }

    List<Found> all(Request request) {
        Answer<Webhooks> answer = webhooks.get(foundOrganization(request).id());
        return answer.state().hooks().entrySet().stream()
                .map(it -> new Found(it.getKey(), it.getValue(), answer.version()))
                .toList();
    }

    Found find(Request request) {
        return found(webhooks.get(foundOrganization(request).id()), request.parameter("hook"));
    }

    private static Found found(Answer<Webhooks> answer, String id) {
        return new Found(id, answer.state().hook(id), answer.version());
    }

    /** What happened with a webhook's deliveries, the newest first. */
    Page<Delivered.Item> log(Request request) {
        Found found = find(request);
        Paging paging = Paging.of(request);
        long before = paging.after().map(Hooks::number).orElse(Long.MAX_VALUE);
        return Page.of(
                deliveries.read(sql -> Delivered.of(sql, found.id(), before, paging.limit() + 1)),
                paging,
                it -> Long.toString(it.number()));
    }

    private static long number(String text) {
        if (text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw Refusal.of(
                        Refusal.Kind.INVALID,
                        "paging.cursor",
                        "after must be a cursor that an earlier page of the same list gave as next.")
                .asException();
    }

    // --- doing ---------------------------------------------------------------------------------------------------

    WithSecret add(Request request, Draft draft) {
        check(draft, Set.of());
        Envelope envelope = sender.envelope(request);
        String id = sender.idFor(request, envelope);
        Secret secret = Secret.of(key(), id, 1);
        Answer<Webhooks> answer = webhooks.tell(
                foundOrganization(request).id(),
                new Webhooks.Command.Add(id, draft.url(), draft.description(), draft.types(), secret.fingerprint()),
                envelope);
        return new WithSecret(found(answer, id), secret.text());
    }

    Found change(Request request, Draft draft) {
        Found found = find(request);
        check(draft, Set.copyOf(found.hook().types()));
        return tell(request, new Webhooks.Command.Change(found.id(), draft.url(), draft.description(), draft.types()));
    }

    WithSecret rotate(Request request) {
        Found found = find(request);
        int next = found.hook().generation() + 1;
        Secret secret = Secret.of(key(), found.id(), next);
        return new WithSecret(
                tell(request, new Webhooks.Command.Rotate(found.id(), next, secret.fingerprint())), secret.text());
    }

    Found turnOn(Request request) {
        return tell(request, new Webhooks.Command.TurnOn(find(request).id()));
    }

    Found turnOff(Request request) {
        return tell(request, new Webhooks.Command.TurnOff(find(request).id()));
    }

    void remove(Request request) {
        String organization = foundOrganization(request).id();
        Webhooks.Command command = new Webhooks.Command.Remove(find(request).id());
        if (request.ifMatch().isPresent()) {
            webhooks.tell(organization, request.ifMatch().get(), command, sender.envelope(request));
        } else {
            webhooks.tell(organization, command, sender.envelope(request));
        }
    }

    /** Sends a greeting; gives back what it is called in the log. */
    String test(Request request) {
        Found found = turnedOn(request);
        Instant now = clock.instant();
        String organization = foundOrganization(request).id();
        var event = new Reference("webhook", found.id(), now.toEpochMilli(), now);
        String body = Json.text(new PublishedEvent(
                event.eventId(),
                TEST,
                now,
                organization,
                Json.MAPPER.valueToTree(new Greeting("This is a test of this webhook."))));
        tasks.schedule(
                Publishing.DELIVER,
                found.id() + "/test",
                new Delivery(organization, found.id(), "webhooks", event, TEST, body),
                now,
                sender.envelope(request));
        return event.eventId();
    }

    /** Has an event of the log told again, as it reads now; what became private meanwhile is not. Gives back its id. */
    String again(Request request) {
        Found found = turnedOn(request);
        Delivered.Attempt attempt = deliveries
                .read(sql -> Delivered.find(sql, found.id(), deliveryNumber(request)))
                .map(Delivered.Item::attempt)
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.ABSENT,
                                "delivery.absent",
                                "There is no such delivery in the log any more.")
                        .asException());
        if (attempt.type().equals(TEST)) {
            return test(request);
        }
        Publishing.again(
                tasks,
                new Delivery(
                        foundOrganization(request).id(),
                        found.id(),
                        attempt.module(),
                        new Reference(attempt.entity(), attempt.entityId(), attempt.version(), attempt.eventAt()),
                        attempt.type(),
                        ""),
                clock.instant(),
                sender.envelope(request));
        return attempt.event();
    }

    private static long deliveryNumber(Request request) {
        String text = request.parameter("delivery");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    private Found turnedOn(Request request) {
        Found found = find(request);
        if (found.hook().off().isPresent()) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "webhook.off", "This webhook is turned off; turn it on first.")
                    .asException();
        }
        return found;
    }

    private Found tell(Request request, Webhooks.Command command) {
        String organization = foundOrganization(request).id();
        Optional<Long> seen = request.ifMatch();
        return found(
                seen.isPresent()
                        ? webhooks.tell(organization, seen.get(), command, sender.envelope(request))
                        : webhooks.tell(organization, command, sender.envelope(request)),
                request.parameter("hook"));
    }

    /** @throws leat.kernel.RefusedException with {@code webhook.no-key} */
    private byte[] key() {
        return settings.key()
                .get()
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.CONFLICT,
                                "webhook.no-key",
                                "This Leat has no key from which secrets could follow; its operator must set secret-key.")
                        .asException());
    }

    /** @param before types that it is told of already, which stay good when their module is gone */
    private void check(Draft draft, Set<String> before) {
        Set<String> known = catalogue.types().stream().map(EventType::name).collect(Collectors.toSet());
        var wrong = new ArrayList<>(Webhooks.violations(draft.url(), draft.description(), draft.types()));
        for (int i = 0; i < Math.min(draft.types().size(), Webhooks.MAX_TYPES); i++) {
            String type = draft.types().get(i);
            if (!known.contains(type) && !before.contains(type)) {
                String name = type.length() <= 60 ? type : type.substring(0, 60) + "…";
                wrong.add(
                        new Violation("types." + i, "type.unknown", "There is no event type called \"" + name + "\"."));
            }
        }
        if (!wrong.isEmpty()) {
            throw Webhooks.invalid(wrong).asException();
        }
    }
}
