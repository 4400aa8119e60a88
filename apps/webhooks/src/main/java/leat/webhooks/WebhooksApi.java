package leat.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.web.Access;
import leat.web.OpenApi;
import leat.web.Page;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** The HTTP interface of webhooks; all of it is for the owners of an organization, except what there is to choose from. */
final class WebhooksApi {
    private static final String TYPES = "/api/webhooks/event-types";
    private static final String HOOKS = "/api/webhooks/organizations/{org}/hooks";
    private static final String HOOK = HOOKS + "/{hook}";

    private final Hooks hooks;

    WebhooksApi(Hooks hooks) {
        this.hooks = hooks;
    }

    List<Route> table() {
        Access owner = Access.member(Role.OWNER, hooks::organizationId);
        return List.of(
                Route.get(TYPES, Access.signedIn(), this::types)
                        .summary("List the event types that webhooks can be told of, with the shape of their data.")
                        .answers(Types.class),
                Route.get(HOOKS, owner, this::list)
                        .summary("List the webhooks of an organization in the order in which they were added.")
                        .answers(All.class)
                        .refuses("organization.absent"),
                Route.post(HOOKS, owner, this::add)
                        .summary("Add a webhook; the answer alone shows its secret.")
                        .takes(NewHook.class)
                        .answers(201, ShownWithSecret.class)
                        .refuses(
                                "organization.absent",
                                "webhook.invalid",
                                "webhook.too-many",
                                "webhook.no-key",
                                "version.stale"),
                Route.get(HOOK, owner, this::show)
                        .summary("Show a webhook.")
                        .answers(Shown.class)
                        .refuses("webhook.absent"),
                Route.put(HOOK, owner, this::change)
                        .summary("Change where a webhook leads and what it is told of.")
                        .takes(NewHook.class)
                        .answers(Shown.class)
                        .refuses("webhook.absent", "webhook.invalid", "version.stale"),
                Route.delete(HOOK, owner, this::remove)
                        .summary("Remove a webhook; what waits for it is not sent.")
                        .answers(204)
                        .refuses("webhook.absent", "version.stale"),
                Route.put(HOOK + "/secret", owner, this::rotate)
                        .summary("Make another secret; for 24 hours deliveries bear the signatures of both.")
                        .answers(ShownWithSecret.class)
                        .refuses("webhook.absent", "webhook.no-key", "webhook.rotated", "version.stale"),
                Route.put(HOOK + "/pause", owner, this::turnOff)
                        .summary("Turn a webhook off; what happens meanwhile is not sent later.")
                        .answers(Shown.class)
                        .refuses("webhook.absent", "version.stale"),
                Route.delete(HOOK + "/pause", owner, this::turnOn)
                        .summary("Turn a webhook on again.")
                        .answers(Shown.class)
                        .refuses("webhook.absent", "version.stale"),
                Route.post(HOOK + "/tests", owner, this::test)
                        .summary("Send a webhook an event of type webhook.test; the log tells how it went.")
                        .answers(202, Sent.class)
                        .refuses("webhook.absent", "webhook.off"),
                Route.get(HOOK + "/deliveries", owner, this::log)
                        .summary("List the last " + Delivered.KEPT + " attempts to deliver, newest first.")
                        .answersPageOf(ShownDelivery.class)
                        .refuses("webhook.absent", "paging.cursor"),
                Route.post(HOOK + "/deliveries/{delivery}/repetitions", owner, this::again)
                        .summary("Send the event of a delivery again, under the same id.")
                        .answers(202, Sent.class)
                        .refuses("webhook.absent", "delivery.absent", "webhook.off"));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /** @param schema JSON Schema of the event's {@code data} */
    record Type(String name, String description, Map<String, Object> schema) {}

    record Types(List<Type> items) {}

    record NewHook(String url, Optional<String> description, List<String> types) {
        Hooks.Draft draft() {
            return new Hooks.Draft(url.strip(), description.orElse("").strip(), types);
        }
    }

    /**
     * @param off why nothing is sent; absent when it is turned on
     * @param failingSince the first failure since the last success
     * @param olderSecretUntil how long the secret before is signed with, too
     */
    record Shown(
            String id,
            String url,
            String description,
            List<String> types,
            Optional<String> off,
            Optional<Instant> failingSince,
            Optional<Instant> olderSecretUntil,
            Instant addedAt) {}

    record ShownWithSecret(Shown webhook, String secret) {}

    record All(List<Shown> items) {}

    /** @param event the id of the event that will be sent */
    record Sent(String event) {}

    /**
     * @param attempt 1 for the first
     * @param status of the answer; absent when there was none
     * @param answer how it begins, or why there was none
     */
    record ShownDelivery(
            String id,
            String event,
            String type,
            Instant at,
            int attempt,
            Delivered.Outcome outcome,
            Optional<Integer> status,
            long millis,
            String answer) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response types(Request request) {
        return Response.ok(new Types(hooks.catalogue().types().stream()
                .map(it -> new Type(it.name(), it.description(), OpenApi.schemaOf(it.data())))
                .toList()));
    }

    Response list(Request request) {
        return Response.ok(
                new All(hooks.all(request).stream().map(WebhooksApi::shown).toList()));
    }

    Response add(Request request) {
        var added = hooks.add(request, request.json(NewHook.class).draft());
        return Response.created(request.path() + "/" + added.found().id(), shown(added))
                .etag(added.found().version());
    }

    Response show(Request request) {
        return answer(hooks.find(request));
    }

    Response change(Request request) {
        return answer(hooks.change(request, request.json(NewHook.class).draft()));
    }

    Response remove(Request request) {
        hooks.remove(request);
        return Response.noContent();
    }

    Response rotate(Request request) {
        var rotated = hooks.rotate(request);
        return Response.ok(shown(rotated)).etag(rotated.found().version());
    }

    Response turnOff(Request request) {
        return answer(hooks.turnOff(request));
    }

    Response turnOn(Request request) {
        return answer(hooks.turnOn(request));
    }

    Response test(Request request) {
        return Response.accepted(new Sent(hooks.test(request)));
    }

    Response log(Request request) {
        Page<Delivered.Item> page = hooks.log(request);
        return Response.page(
                request,
                new Page<>(page.items().stream().map(WebhooksApi::shown).toList(), page.next()));
    }

    Response again(Request request) {
        return Response.accepted(new Sent(hooks.again(request)));
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private static Response answer(Hooks.Found found) {
        return Response.ok(shown(found)).etag(found.version());
    }

    private static ShownWithSecret shown(Hooks.WithSecret it) {
        return new ShownWithSecret(shown(it.found()), it.secret());
    }

    private static Shown shown(Hooks.Found it) {
        Webhooks.Hook hook = it.hook();
        return new Shown(
                it.id(),
                hook.url(),
                hook.description(),
                hook.types(),
                hook.off(),
                hook.failingSince(),
                hook.olderUntil(),
                hook.addedAt());
    }

    private static ShownDelivery shown(Delivered.Item it) {
        Delivered.Attempt attempt = it.attempt();
        return new ShownDelivery(
                Long.toString(it.number()),
                attempt.event(),
                attempt.type(),
                it.at(),
                attempt.attempt(),
                attempt.outcome(),
                attempt.status(),
                attempt.millis(),
                attempt.said());
    }
}
