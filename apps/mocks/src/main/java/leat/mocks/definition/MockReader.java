package leat.mocks.definition;

import static leat.mocks.definition.DiagnosticCode.FEATURE_UNSUPPORTED;
import static leat.mocks.definition.DiagnosticCode.KEY_MISSING;
import static leat.mocks.definition.DiagnosticCode.KEY_UNKNOWN;
import static leat.mocks.definition.DiagnosticCode.LIMIT_EXCEEDED;
import static leat.mocks.definition.DiagnosticCode.MOCK_EMPTY;
import static leat.mocks.definition.DiagnosticCode.ROUTE_DUPLICATE;
import static leat.mocks.definition.DiagnosticCode.VALUE_TYPE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.mocks.definition.YamlNode.Entry;
import leat.mocks.definition.YamlNode.Mapping;
import leat.mocks.definition.YamlNode.Sequence;

/** Reads the list of a mock's file: each item is a route, and no two take the same requests. */
final class MockReader {
    private final SourceText source;
    private final Diagnostics diagnostics;
    private final EndpointReader endpoints;
    private final List<RouteDefinition> routes = new ArrayList<>();
    private final Map<String, RouteDefinition> byRequest = new HashMap<>();

    MockReader(SourceText source, BodyCompiler bodies, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
        this.endpoints = new EndpointReader(source, bodies, diagnostics);
    }

    MockDefinition read(Optional<YamlNode> root) {
        switch (root.orElse(null)) {
            case null -> empty();
            case YamlNode.Scalar scalar when scalar.isNull() -> empty();
            case Sequence list -> items(list);
            case Mapping mapping -> refuseMapping(mapping);
            case YamlNode.Scalar scalar -> notAList(scalar);
        }
        return new MockDefinition(routes);
    }

    private void empty() {
        diagnostics.warning(MOCK_EMPTY, Place.START, "The mock has no routes.", "Begin with `- endpoint:`.");
    }

    private void items(Sequence list) {
        if (list.items().isEmpty()) {
            empty();
        }
        if (list.items().size() > Limits.ROUTES) {
            diagnostics.error(
                    LIMIT_EXCEEDED,
                    source.place(list.items().get(Limits.ROUTES)),
                    "A mock has at most " + Limits.ROUTES + " routes, this one has "
                            + list.items().size() + ".",
                    "Split it into several mocks.");
            return;
        }
        list.items().forEach(this::item);
    }

    private void item(YamlNode node) {
        if (!(node instanceof Mapping item)) {
            diagnostics.error(
                    VALUE_TYPE,
                    source.place(node),
                    "A route is a map with the key `endpoint`, not " + YamlNode.kind(node) + ".",
                    "Write `- endpoint:` and the route's keys, indented, below it.");
            return;
        }
        boolean known = false;
        for (Entry entry : item.entries()) {
            switch (entry.key().value()) {
                case "endpoint" -> {
                    known = true;
                    endpoints.read(entry).ifPresent(route -> add(route, entry));
                }
                case "websocket" -> {
                    known = true;
                    diagnostics.error(
                            FEATURE_UNSUPPORTED,
                            source.place(entry.key()),
                            "The feature `websocket` is not supported.",
                            "Remove this item to publish the others.");
                }
                default -> foreign(entry);
            }
        }
        if (!known) {
            diagnostics.error(
                    KEY_MISSING,
                    item.entries().isEmpty()
                            ? source.place(item)
                            : source.place(item.entries().getFirst().key()),
                    "This item has no `endpoint`.",
                    "Begin it with `- endpoint:`.");
        }
    }

    private void foreign(Entry entry) {
        String key = entry.key().value();
        String advice = EndpointReader.KEYS.contains(key)
                ? "Indent it further, below `endpoint:`."
                : Spelling.advice(key, "endpoint", "websocket").orElse("Remove it; an item holds only `endpoint`.");
        diagnostics.error(
                KEY_UNKNOWN,
                source.place(entry.key()),
                "An item has no key `" + YamlNode.shortened(key) + "`.",
                advice);
    }

    private void add(RouteDefinition route, Entry entry) {
        String request =
                route.method() + " " + route.host().orElse("") + route.path().shape();
        RouteDefinition first = byRequest.putIfAbsent(request, route);
        if (first == null) {
            routes.add(route);
            return;
        }
        YamlNode place = entry.value() instanceof Mapping mapping
                ? mapping.entry("path").map(Entry::value).orElse(entry.key())
                : entry.key();
        diagnostics.error(
                ROUTE_DUPLICATE,
                source.place(place),
                "This route takes the same requests as " + first.title() + " on line " + first.line() + ".",
                "Remove one of the two, or change its method, host or path.");
    }

    private void refuseMapping(Mapping mapping) {
        for (String key : List.of("openapi", "swagger")) {
            if (mapping.entry(key).isPresent()) {
                diagnostics.error(
                        FEATURE_UNSUPPORTED,
                        source.place(mapping.entry(key).orElseThrow().key()),
                        "This is an OpenAPI document; the feature `openapi` is not supported.",
                        "Write its operations as a list of `- endpoint:`.");
                return;
            }
        }
        notAList(mapping);
    }

    private void notAList(YamlNode node) {
        boolean dashMissing =
                node instanceof Mapping mapping && mapping.entry("endpoint").isPresent();
        diagnostics.error(
                VALUE_TYPE,
                source.place(node.start(), node.start()),
                "A mock is a list of routes, not " + YamlNode.kind(node) + ".",
                dashMissing ? "Write `- endpoint:` with a dash before it." : "Begin the file with `- endpoint:`.");
    }
}
