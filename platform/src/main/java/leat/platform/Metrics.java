package leat.platform;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.kernel.port.Engine;
import leat.kernel.port.PartitionId;
import leat.kernel.runtime.Histogram;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeStatus;
import leat.web.Figure;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus is told: the process, HTTP, the journal, views, processes, tasks, faults, and what modules add.
 *
 * <p>Nothing is set up before the first reading, so that a start does not pay for it; the counts themselves are kept by
 * those who do the work.
 */
final class Metrics {
    private final Node node;
    private final Engine engine;
    private final HttpCounts http;
    private @Nullable Registry registry;

    Metrics(Node node, Engine engine, HttpCounts http) {
        this.node = node;
        this.engine = engine;
        this.http = http;
    }

    synchronized String text() {
        Registry present = registry;
        if (present == null) {
            present = new Registry(node, engine, http);
            registry = present;
        }
        return present.text();
    }

    private static final class Registry {
        private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final Node node;
        private final Engine engine;
        private final MultiGauge positions;
        private final MultiGauge viewLag;
        private final MultiGauge processLag;
        private final Set<String> outcomes = new HashSet<>();
        private final MultiGauge viewAge;
        private final MultiGauge processAge;
        private final MultiGauge parts;
        private final MultiGauge levels;
        private final MultiGauge nodes;
        private final MultiGauge owned;
        private final MultiGauge parked;
        private final MultiGauge tasks;
        private volatile NodeStatus status;

        @SuppressWarnings("this-escape")
        Registry(Node node, Engine engine, HttpCounts http) {
            this.node = node;
            this.engine = engine;
            this.status = node.status();
            new JvmMemoryMetrics().bindTo(meters);
            new JvmThreadMetrics().bindTo(meters);
            new ProcessorMetrics().bindTo(meters);
            new UptimeMetrics().bindTo(meters);

            http.eachRow(row -> request(http, row));
            level("leat_http_connections", "Open connections", http, HttpCounts::connections);
            level("leat_http_streams", "Open streams of events", http, HttpCounts::streams);

            total(
                    "leat_journal_writes",
                    "Writes that were in those groups",
                    s -> s.writing().writes());
            total("leat_journal_events", "Events appended", s -> s.writing().events());
            total(
                    "leat_journal_refused",
                    "Commands that found the queue full",
                    s -> s.writing().refused());
            state(
                    "leat_journal_queue",
                    "Writes that wait for the writer",
                    s -> s.writing().waiting());
            state(
                    "leat_journal_queue_capacity",
                    "Writes that may wait",
                    s -> s.writing().capacity());
            state("leat_tasks_running", "Tasks that this process runs now", NodeStatus::tasksRunning);
            positions = rows("leat_journal_position", "Events of each module, ever");
            viewLag = rows("leat_view_lag_events", "Events that each view has yet to take in");
            processLag = rows("leat_process_lag_events", "Events that each process has yet to take in");
            viewAge = rows(
                    "leat_view_age_seconds",
                    "Time since a view that is behind last took something in, where it is folded");
            processAge = rows(
                    "leat_process_age_seconds",
                    "Time since a process that is behind last took something in, where it runs");
            levels = rows("leat_part_level", "What goes up and down of what the engine leans on");
            parts = rows("leat_part_up", "Whether what the engine leans on could be used when it was last needed");
            nodes = rows("leat_nodes", "Nodes that share the journal, by whether they live");
            owned = rows("leat_owned", "Partitions, and views to fold, that this node owns");
            engine.parts().forEach(part -> part.counts().keySet().forEach(what -> part(part.name(), what)));
            status.sharing().ifPresent(sharing -> {
                FunctionCounter.builder(
                                "leat_lease_changes", this, self -> self.sharing(NodeStatus.Sharing::leaseChanges))
                        .description("How often something became this node's own, or ceased to be")
                        .register(meters);
            });
            parked = rows("leat_parked_keys", "Keys of views and processes that stand still");
            tasks = rows("leat_tasks", "Tasks by kind and state");
            status.entities().forEach(entity -> {
                commands(entity.type(), "accepted", NodeStatus.EntityStatus::accepted);
                commands(entity.type(), "refused", NodeStatus.EntityStatus::refused);
                commands(entity.type(), "retried", NodeStatus.EntityStatus::retried);
            });
            FunctionCounter.builder("leat_faults", node, n -> n.faults().count())
                    .description("Faults met")
                    .register(meters);
            node.added(Figure.class).forEach(this::figure);
        }

        String text() {
            NodeStatus now = node.status();
            status = now;
            overwrite(
                    positions,
                    now.heads().entrySet().stream()
                            .collect(Collectors.groupingBy(
                                    head -> head.getKey().module(), Collectors.summingLong(Map.Entry::getValue)))
                            .entrySet()
                            .stream()
                            .map(module -> row(module.getValue(), "module", module.getKey())));
            overwrite(viewLag, now.views().stream().map(view -> row(view.lag(), "view", view.name())));
            Instant here = Instant.now();
            overwrite(viewAge, ages(now, now.views(), here, "view"));
            overwrite(processAge, ages(now, now.processes(), here, "process"));
            outcomes("leat_forwarded", "Commands sent to other nodes", NodeStatus.Sharing::forwarded);
            outcomes("leat_asked", "Questions sent to other nodes", NodeStatus.Sharing::asked);
            overwrite(parts, engine.parts().stream().map(part -> row(part.well() ? 1 : 0, "part", part.name())));
            overwrite(
                    levels,
                    engine.parts().stream()
                            .flatMap(part -> part.levels().entrySet().stream()
                                    .map(level -> row(level.getValue(), "part", part.name(), "what", level.getKey()))));
            now.sharing().ifPresent(sharing -> {
                long living = sharing.members().stream()
                        .filter(member -> member.lives(here))
                        .count();
                overwrite(
                        nodes,
                        Stream.of(
                                row(living, "state", "living"),
                                row(sharing.members().size() - living, "state", "gone")));
                overwrite(
                        owned,
                        sharing.owned().stream()
                                .collect(Collectors.groupingBy(PartitionId::module, Collectors.counting()))
                                .entrySet()
                                .stream()
                                .map(role -> row(role.getValue(), "role", role.getKey())));
            });
            overwrite(
                    processLag, now.processes().stream().map(process -> row(process.lag(), "process", process.name())));
            overwrite(
                    parked,
                    Stream.concat(now.views().stream(), now.processes().stream())
                            .map(follower -> row(follower.parked().size(), "follower", follower.name())));
            overwrite(
                    tasks,
                    now.tasks().entrySet().stream()
                            .flatMap(kind -> kind.getValue().entrySet().stream()
                                    .map(state -> row(
                                            state.getValue(),
                                            "kind",
                                            kind.getKey(),
                                            "state",
                                            state.getKey().name().toLowerCase(Locale.ROOT)))));
            return meters.scrape() + histograms(now);
        }

        /** Where a view or a process is followed: the others would tell of a lag that is not theirs. */
        private static Stream<MultiGauge.Row<Number>> ages(
                NodeStatus now, List<NodeStatus.FollowerStatus> followers, Instant here, String label) {
            return followers.stream()
                    .filter(NodeStatus.FollowerStatus::here)
                    .map(one -> row(
                            one.lag() == 0
                                    ? 0
                                    : Duration.between(one.movedAt().orElse(now.startedAt()), here)
                                            .toSeconds(),
                            label,
                            one.name()));
        }

        private static String histograms(NodeStatus now) {
            var text = new HistogramText();
            NodeStatus.Writing writing = now.writing();
            text.sizes("leat_journal_group_writes", "Writes in a group that was made durable", writing.groups());
            text.times("leat_journal_commit_seconds", "Until a group is durable", one(writing.commitTimes()));
            text.times(
                    "leat_journal_append_seconds",
                    "From when an append is submitted until it is durable",
                    one(writing.appendTimes()));
            text.times(
                    "leat_ask_seconds",
                    "Questions, by the module that is asked and by what became of them",
                    now.asked().stream()
                            .map(asked -> new HistogramText.Series(
                                    labels("module", asked.module(), "outcome", asked.outcome()), asked.times()))
                            .toList());
            text.times(
                    "leat_forward_seconds",
                    "Requests that carried a command to another node, by what became of it",
                    now.sharing().map(NodeStatus.Sharing::forwardTimes).orElse(Map.of()).entrySet().stream()
                            .map(outcome ->
                                    new HistogramText.Series(labels("outcome", outcome.getKey()), outcome.getValue()))
                            .toList());
            return text.toString();
        }

        private static List<HistogramText.Series> one(Histogram.Counts counts) {
            return List.of(new HistogramText.Series(Map.of(), counts));
        }

        private static Map<String, String> labels(String... namesAndValues) {
            Map<String, String> labels = new TreeMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                labels.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            return labels;
        }

        private void request(HttpCounts http, HttpCounts.Row row) {
            HttpCounts.Count count = http.count(row);
            FunctionTimer.builder(
                            "leat_http_requests",
                            count,
                            one -> one.requests.sum(),
                            one -> one.nanos.sum(),
                            TimeUnit.NANOSECONDS)
                    .description("Requests answered, and how long that took")
                    .tags("method", row.method(), "route", row.route(), "status", Integer.toString(row.status()))
                    .register(meters);
        }

        private void figure(Figure figure) {
            if (figure.total()) {
                FunctionCounter.builder(
                                figure.name(), figure, one -> one.value().getAsLong())
                        .description(figure.description())
                        .register(meters);
            } else {
                level(
                        figure.name(),
                        figure.description(),
                        figure,
                        one -> one.value().getAsLong());
            }
        }

        private <T> void level(String name, String description, T of, ToDoubleFunction<T> value) {
            Gauge.builder(name, of, value)
                    .description(description)
                    .strongReference(true)
                    .register(meters);
        }

        private void state(String name, String description, ToDoubleFunction<NodeStatus> value) {
            level(name, description, this, self -> value.applyAsDouble(self.status));
        }

        private void total(String name, String description, ToDoubleFunction<NodeStatus> value) {
            FunctionCounter.builder(name, this, self -> value.applyAsDouble(self.status))
                    .description(description)
                    .register(meters);
        }

        private void commands(String type, String outcome, ToDoubleFunction<NodeStatus.EntityStatus> value) {
            FunctionCounter.builder(
                            "leat_commands",
                            this,
                            self -> self.status.entities().stream()
                                    .filter(entity -> entity.type().equals(type))
                                    .mapToDouble(value)
                                    .sum())
                    .description("Commands by type of entity")
                    .tags("type", type, "outcome", outcome)
                    .register(meters);
        }

        private void part(String part, String what) {
            FunctionCounter.builder(
                            "leat_part_count",
                            this,
                            self -> self.engine.parts().stream()
                                    .filter(one -> one.name().equals(part))
                                    .mapToLong(one -> one.counts().getOrDefault(what, 0L))
                                    .sum())
                    .description("What was counted of what the engine leans on")
                    .tags("part", part, "what", what)
                    .register(meters);
        }

        private double sharing(ToDoubleFunction<NodeStatus.Sharing> value) {
            return status.sharing().map(value::applyAsDouble).orElse(0.0);
        }

        /** Counters for outcomes that have come about; one that was counted before stays the same. */
        private void outcomes(String name, String description, Function<NodeStatus.Sharing, Map<String, Long>> counts) {
            status.sharing()
                    .ifPresent(sharing -> counts.apply(sharing).keySet().stream()
                            .filter(outcome -> outcomes.add(name + "/" + outcome))
                            .forEach(outcome -> FunctionCounter.builder(
                                            name,
                                            this,
                                            self -> self.sharing(
                                                    now -> counts.apply(now).getOrDefault(outcome, 0L)))
                                    .description(description + ", by what became of them")
                                    .tags("outcome", outcome)
                                    .register(meters)));
        }

        private MultiGauge rows(String name, String description) {
            return MultiGauge.builder(name).description(description).register(meters);
        }

        private static void overwrite(MultiGauge gauge, Stream<MultiGauge.Row<Number>> rows) {
            gauge.register(rows.toList(), true);
        }

        private static MultiGauge.Row<Number> row(long value, String... tags) {
            return MultiGauge.Row.of(Tags.of(tags), value);
        }
    }
}
