package leat.webhooks;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import leat.apps.test.RunningApp;
import leat.kernel.Envelope;
import leat.kernel.port.Engine;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;

/** Webhooks for one test, beside a {@link Bell}. */
final class Running extends RunningApp {
    static final byte[] KEY = "a key of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    static final String HOOKS = "/api/webhooks/organizations/acme/hooks";

    final Bell bell;
    private final Clock clock;

    private Running(Engine engine, Bell bell, boolean anywhere, NodeSettings settings) {
        super(
                engine,
                settings,
                bell,
                List.of(bell, new WebhooksModule(new WebhooksSettings(() -> Optional.of(KEY), anywhere))));
        this.bell = bell;
        this.clock = settings.clock();
    }

    static Running inMemory() {
        return new Running(new MemoryEngine(), new Bell(), true, NodeSettings.defaults());
    }

    /** Where only the public internet may be reached. */
    static Running guarded() {
        return new Running(new MemoryEngine(), new Bell(), false, NodeSettings.defaults());
    }

    /** Tasks of a process that died are taken over after two seconds. */
    static Running on(Engine engine) {
        NodeSettings usual = NodeSettings.defaults();
        NodeSettings.Times times = usual.times();
        return new Running(
                engine,
                new Bell(),
                true,
                usual.with(new NodeSettings.Times(
                        times.partitionLease(), Duration.ofSeconds(2), times.commandMemory(), times.command())));
    }

    static Running at(Clock clock) {
        return new Running(
                new MemoryEngine(), new Bell(), true, NodeSettings.defaults().with(clock));
    }

    void ring(String bell, int times) {
        for (int i = 0; i < times; i++) {
            this.bell.bells.tell(
                    bell,
                    new Bell.Ring(Bell.ACME.id()),
                    new Envelope(UUID.randomUUID(), "request-1", "user:tester", clock.instant()));
        }
    }

    /** Adds a webhook and gives back its id and its secret. */
    Added add(String url) {
        Answer answer = as("oda", "POST", HOOKS, Map.of("url", url, "types", List.of("bell.rang")));
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
        return new Added(
                answer.json().path("webhook").path("id").asString(""),
                answer.json().path("secret").asString(""));
    }

    record Added(String id, String secret) {
        String path() {
            return HOOKS + "/" + id;
        }
    }
}
