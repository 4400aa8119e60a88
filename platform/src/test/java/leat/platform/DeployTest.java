package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.kernel.Json;
import leat.kernel.port.Engine;
import leat.kernel.port.LocalBus;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** What {@code deploy/} says of the product is what the product is. */
final class DeployTest {
    private static final Pattern VARIABLE = Pattern.compile("\\bLEAT_[A-Z0-9_]+\\b");
    private static final Pattern METRIC = Pattern.compile("\\b(?:leat|jvm|process)_[a-z0-9_]+\\b");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^(COMMON_FLAGS|SERVER_FLAGS)=(.*)$");
    /** Read by the scripts, not by the product. */
    private static final Set<String> OF_SCRIPTS = Set.of("LEAT_JDK", "LEAT_JAVA_OPTS", "LEAT_CONFIG");

    private static final String NAMES = "/metadata/labels/app.kubernetes.io~1component";

    @TempDir
    Path scratch;

    private final Path root = DocsTest.root();
    private final Path deploy = root.resolve("deploy");

    /** One object of a manifest, with the file that it is in. */
    private record Manifest(Path file, JsonNode object) {
        String kind() {
            return object.path("kind").asString();
        }

        @Override
        public String toString() {
            return kind() + " in " + file.getFileName();
        }
    }

    private List<Manifest> manifests() throws IOException {
        var found = new ArrayList<Manifest>();
        for (Path file : files(".yaml")) {
            var load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
            for (Object document : load.loadAllFromString(Files.readString(file))) {
                found.add(new Manifest(file, Json.tree(Json.text(document))));
            }
        }
        return found;
    }

    private List<Manifest> manifests(String kind) throws IOException {
        return manifests().stream().filter(one -> one.kind().equals(kind)).toList();
    }

    private List<Path> files(String end) throws IOException {
        try (Stream<Path> all = Files.walk(deploy)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return list.valueStream();
    }

    private JsonNode pod(Manifest set) {
        return set.object().at("/spec/template/spec");
    }

    private Stream<JsonNode> containers() throws IOException {
        return manifests("StatefulSet").stream().flatMap(set -> each(pod(set).path("containers")));
    }

    @Test
    void every_manifest_can_be_read_and_says_what_it_is() throws IOException {
        assertThat(manifests()).hasSizeGreaterThan(10).allSatisfy(manifest -> {
            assertThat(manifest.kind()).as(manifest.toString()).isNotEmpty();
            assertThat(manifest.object().path("apiVersion").asString())
                    .as(manifest.toString())
                    .isNotEmpty();
            if (!manifest.kind().equals("Kustomization")) {
                assertThat(manifest.object().at("/metadata/name").asString())
                        .as(manifest.toString())
                        .isNotEmpty();
            }
        });
    }

    @Test
    void every_file_of_a_kustomization_is_there_and_none_is_forgotten() throws IOException {
        Set<Path> used = new LinkedHashSet<>();
        for (Manifest kustomization : manifests("Kustomization")) {
            each(kustomization.object().path("resources"))
                    .map(name ->
                            kustomization.file().resolveSibling(name.asString()).normalize())
                    .forEach(used::add);
        }
        assertThat(used).allSatisfy(file -> assertThat(file).exists());
        assertThat(files(".yaml").stream().filter(file -> !used.contains(file)).map(Path::getFileName))
                .map(Path::toString)
                .containsOnly("kustomization.yaml", "secret.example.yaml");
    }

    @Test
    void every_probe_is_answered() throws Exception {
        try (Installation leat = start();
                var client = HttpClient.newHttpClient()) {
            for (JsonNode container : containers().toList()) {
                for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                    JsonNode asks = container.path(probe).path("httpGet");
                    assertThat(asks.path("port").asString())
                            .as(probe)
                            .isEqualTo(container.at("/ports/0/name").asString());
                    var asked = HttpRequest.newBuilder(
                                    leat.url().resolve(asks.path("path").asString()))
                            .build();
                    var answer = client.send(asked, BodyHandlers.ofString());
                    assertThat(answer.statusCode()).as(probe).isEqualTo(200);
                    assertThat(answer.uri().getPath()).startsWith("/health/");
                }
            }
        }
    }

    /** One of several nodes, as far as it knows. */
    private Installation start() {
        Engine shared = new MemoryEngine().shared(new LocalBus());
        Installation leat = Installation.start(settings(0), any -> shared, (any, address) -> List.of(new Pets()));
        assertThat(leat.awaitReady(Duration.ofSeconds(20))).isTrue();
        return leat;
    }

    private Settings settings(int port) {
        return Settings.of(Configuration.read(
                List.of("--data", scratch.resolve("data").toString(), "--port", "" + port), Map.of(), scratch));
    }

    @Test
    void every_variable_is_a_setting() throws IOException {
        Set<String> settings = new TreeSet<>(OF_SCRIPTS);
        for (Setting setting : Setting.values()) {
            settings.add(setting.variable());
            if (setting.secret()) {
                settings.add(setting.variable() + "_FILE");
            }
        }
        for (Path file : files("")) {
            assertThat(found(VARIABLE, Files.readString(file)))
                    .as(file.toString())
                    .filteredOn(variable -> !variable.equals("LEAT_"))
                    .isSubsetOf(settings);
        }
    }

    @Test
    void every_node_is_started_with_good_settings() throws IOException {
        Path secrets = Files.createDirectory(scratch.resolve("leat-secrets"));
        Path files = Files.createDirectory(scratch.resolve("leat"));
        Map<String, String> shared = new HashMap<>();
        write(manifests("Secret").getFirst().object().path("stringData"), secrets);
        for (Manifest map : manifests("ConfigMap")) {
            if (map.object().at("/metadata/name").asString().equals("leat")) {
                map.object()
                        .path("data")
                        .properties()
                        .forEach(entry ->
                                shared.put(entry.getKey(), entry.getValue().asString()));
            } else {
                write(map.object().path("data"), files);
            }
        }
        Set<String> modules = new TreeSet<>();
        for (Manifest set : manifests("StatefulSet")) {
            for (int number = 0; number < set.object().at("/spec/replicas").asInt(); number++) {
                Map<String, String> environment = new HashMap<>(shared);
                environment.putAll(variables(set, number));
                Settings settings = Settings.of(Configuration.read(List.of(), environment, scratch));
                assertThat(settings.distributed()).isPresent();
                assertThat(settings.distributed().orElseThrow().node()).isEqualTo("leat-" + number);
                assertThat(settings.modules())
                        .allSatisfy(module ->
                                assertThat(root.resolve("apps").resolve(module)).isDirectory());
                modules.addAll(settings.modules());
            }
        }
        assertThat(modules).containsExactlyInAnyOrder(mounted());
    }

    private static void write(JsonNode data, Path folder) throws IOException {
        for (var entry : data.properties()) {
            Files.writeString(folder.resolve(entry.getKey()), entry.getValue().asString());
        }
    }

    /** The container's own variables, as Kubernetes would make them for one pod of the set. */
    private Map<String, String> variables(Manifest set, int number) {
        Map<String, String> known = new LinkedHashMap<>();
        each(pod(set).at("/containers/0/env")).forEach(variable -> {
            String value = switch (variable.at("/valueFrom/fieldRef/fieldPath").asString("")) {
                case "metadata.name" -> "leat-" + number;
                case "metadata.labels['apps.kubernetes.io/pod-index']" -> "" + number;
                case "status.podIP" -> "10.0.0.7";
                default -> variable.path("value").asString();
            };
            for (var before : known.entrySet()) {
                value = value.replace("$(" + before.getKey() + ")", before.getValue());
            }
            known.put(variable.path("name").asString(), value.replaceFirst("^/etc/", scratch + "/"));
        });
        return known;
    }

    private String[] mounted() throws IOException {
        String[] names;
        try (Stream<Path> apps = Files.list(root.resolve("apps"))) {
            names = apps.map(app -> app.getFileName().toString())
                    .filter(name -> !name.equals("testkit"))
                    .filter(name ->
                            Files.exists(root.resolve("apps").resolve(name).resolve("pom.xml")))
                    .toArray(String[]::new);
        }
        return names;
    }

    @Test
    void nodes_run_without_any_right_and_get_time_to_stop() throws IOException {
        for (Manifest set : manifests("StatefulSet")) {
            JsonNode pod = pod(set);
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            each(pod.path("containers")).forEach(container -> {
                JsonNode rights = container.path("securityContext");
                assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(rights.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
            });
            int stopping = manifests("ConfigMap").stream()
                    .map(map -> map.object().path("data"))
                    .mapToInt(data -> data.path("LEAT_DRAIN").asInt(0)
                            + data.path("LEAT_DRAIN_DELAY").asInt(0))
                    .sum();
            assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(stopping);
        }
    }

    @Test
    void services_budgets_and_policies_select_the_nodes() throws IOException {
        String component = manifests("StatefulSet")
                .getFirst()
                .object()
                .path("spec")
                .path("template")
                .at(NAMES)
                .asString();
        assertThat(component).isNotEmpty();
        Map<String, String> selectors = Map.of(
                "Service", "/spec/selector",
                "PodDisruptionBudget", "/spec/selector/matchLabels",
                "NetworkPolicy", "/spec/podSelector/matchLabels",
                "StatefulSet", "/spec/selector/matchLabels");
        selectors.forEach((kind, where) -> {
            try {
                assertThat(manifests(kind))
                        .isNotEmpty()
                        .allSatisfy(manifest -> assertThat(manifest.object()
                                        .at(where)
                                        .path("app.kubernetes.io/component")
                                        .asString())
                                .as(manifest.toString())
                                .isEqualTo(component));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void every_secret_file_that_a_node_reads_is_in_the_example() throws IOException {
        Set<String> keys = new TreeSet<>();
        manifests("Secret")
                .forEach(secret ->
                        secret.object().path("stringData").propertyNames().forEach(keys::add));
        Set<String> read = containers()
                .flatMap(container -> each(container.path("env")))
                .map(variable -> variable.path("value").asString(""))
                .filter(value -> value.startsWith("/etc/leat-secrets/"))
                .map(value -> Path.of(value).getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(read).isNotEmpty().isEqualTo(keys);
    }

    @Test
    void the_server_is_started_with_the_flags_of_the_script() throws IOException {
        assertThat(flags(deploy.resolve("leat-server"))).hasSize(2).isEqualTo(flags(root.resolve("leat")));
    }

    private static List<String> flags(Path script) throws IOException {
        Matcher matcher = ASSIGNMENT.matcher(Files.readString(script));
        return matcher.results().map(found -> found.group(0)).toList();
    }

    @Test
    void every_metric_of_the_dashboard_is_told() throws Exception {
        String expressions = files(".json").stream()
                .map(DeployTest::tree)
                .flatMap(dashboard -> dashboard.findValuesAsString("expr").stream())
                .collect(Collectors.joining("\n"));
        Set<String> wanted = found(METRIC, expressions);
        assertThat(wanted).hasSizeGreaterThan(15);
        String told;
        try (Installation leat = start();
                var client = HttpClient.newHttpClient()) {
            HttpRequest named = HttpRequest.newBuilder(leat.url().resolve("/api/pets/1"))
                    .header("Authorization", "Bearer ada")
                    .POST(HttpRequest.BodyPublishers.ofString("Rex"))
                    .build();
            assertThat(client.send(named, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
            HttpRequest metrics =
                    HttpRequest.newBuilder(leat.url().resolve("/metrics")).build();
            told = client.send(metrics, BodyHandlers.ofString()).body();
        }
        Set<String> names = told.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        // Told once there is a process, something outside, or another node.
        String source = Files.readString(root.resolve("platform/src/main/java/leat/platform/Metrics.java"));
        Stream.of(
                        "leat_process_lag_events",
                        "leat_process_age_seconds",
                        "leat_part_up",
                        "leat_part_count",
                        "leat_part_level",
                        "leat_forwarded",
                        "leat_asked",
                        "leat_ask_seconds")
                .filter(name -> source.contains('"' + name + '"'))
                .flatMap(name -> Stream.of(name, name + "_total", name + "_bucket", name + "_count"))
                .forEach(names::add);
        assertThat(names).containsAll(wanted);
    }

    @Test
    void a_container_finds_out_whether_it_is_well() {
        Installation leat = start();
        int port = leat.port();
        assertThat(HealthCheck.ask(settings(port))).isEmpty();
        leat.close();
        assertThat(HealthCheck.ask(settings(port)).orElseThrow())
                .startsWith("nothing answers at 127.0.0.1, port " + port);
    }

    private static JsonNode tree(Path file) {
        try {
            return Json.tree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
