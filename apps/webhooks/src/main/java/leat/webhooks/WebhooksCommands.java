package leat.webhooks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.cli.CommandFailure;
import leat.cli.CommandGroup;
import leat.cli.Console;
import leat.cli.Style;
import leat.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code leat webhooks …}: an organization's webhooks from the command line. */
public final class WebhooksCommands implements CommandGroup {
    /** The commands of this process. */
    public WebhooksCommands() {}

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public String summary() {
        return "Have programs elsewhere told what happens.";
    }

    @Override
    public Object commands(Console console) {
        return new Verbs(console);
    }

    /** The verbs; each is one or two requests and what they say to a person. */
    @Command(name = "webhooks", description = "Have programs elsewhere told what happens.")
    static final class Verbs {
        private static final String ORG = "Its organization, when you are in several.";
        private static final String HOOK = "Its id, or its address.";

        private final Console console;

        Verbs(Console console) {
            this.console = console;
        }

        @Command(description = "List what webhooks can be told of.")
        void types() {
            List<JsonNode> items = items("/api/webhooks/event-types");
            console.show(items, () -> {
                Table table = Table.of("There is nothing to be told of.", "EVENT", "WHEN");
                items.forEach(it -> table.row(text(it, "name"), text(it, "description")));
                console.table(table);
            });
        }

        @Command(description = "List the webhooks of an organization.")
        void list(@Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            List<JsonNode> items = items(hooks(org));
            console.show(items, () -> {
                Table table = Table.of("There are no webhooks yet.", "ID", "STATE", "ADDRESS", "EVENTS");
                items.forEach(it -> table.row(text(it, "id"), state(it), text(it, "url"), types(it)));
                console.table(table);
            });
        }

        @Command(description = "Add a webhook, and show its secret this once.")
        void add(
                @Parameters(paramLabel = "ADDRESS", description = "Such as https://example.org/leat.") String url,
                @Option(
                                names = "--event",
                                required = true,
                                paramLabel = "TYPE",
                                description = "What it is told of; may be given several times.")
                        List<String> types,
                @Option(names = "--description", paramLabel = "TEXT", description = "What is behind it.")
                        Optional<String> description,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            JsonNode added = console.server()
                    .post(
                            hooks(org),
                            Map.of("url", url, "description", description.orElse(""), "types", new ArrayList<>(types)))
                    .json();
            console.show(added, () -> {
                console.note("The secret is shown this once; the receiver checks signatures with it.");
                console.line(text(added.path("webhook"), "id") + " " + text(added, "secret"));
            });
        }

        @Command(description = "Send a webhook a test.")
        void test(
                @Parameters(paramLabel = "WEBHOOK", description = HOOK) String hook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            JsonNode sent =
                    console.server().post(path(org, hook) + "/tests", Map.of()).json();
            console.show(sent, () -> console.line(text(sent, "event") + " is being sent; see leat webhooks log."));
        }

        @Command(description = "Make another secret, and show it this once.")
        void rotate(
                @Parameters(paramLabel = "WEBHOOK", description = HOOK) String hook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            JsonNode rotated =
                    console.server().put(path(org, hook) + "/secret", Map.of()).json();
            console.show(rotated, () -> {
                console.note("For 24 hours deliveries bear the signatures of the old secret and the new.");
                console.line(text(rotated, "secret"));
            });
        }

        @Command(description = "Turn a webhook off.")
        void off(
                @Parameters(paramLabel = "WEBHOOK", description = HOOK) String hook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            JsonNode now =
                    console.server().put(path(org, hook) + "/pause", Map.of()).json();
            console.show(now, () -> console.line(text(now, "url") + " is turned off."));
        }

        @Command(description = "Turn a webhook on again.")
        void on(
                @Parameters(paramLabel = "WEBHOOK", description = HOOK) String hook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            JsonNode now = console.server().delete(path(org, hook) + "/pause").json();
            console.show(now, () -> console.line(text(now, "url") + " is turned on."));
        }

        @Command(description = "Remove a webhook.")
        void remove(
                @Parameters(paramLabel = "WEBHOOK", description = HOOK) String hook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            console.server().delete(path(org, hook));
            console.show(Map.of("removed", hook), () -> console.line("It is removed."));
        }

        @Command(description = "Show how deliveries to a webhook went, the newest first.")
        void log(
                @Parameters(paramLabel = "WEBHOOK", description = HOOK) String hook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            List<JsonNode> items = console.server().items(path(org, hook) + "/deliveries", Delivered.KEPT);
            console.show(items, () -> {
                Table table =
                        Table.of("Nothing has been sent there yet.", "NUMBER", "WHEN", "EVENT", "STATUS", "MS", "");
                items.forEach(it -> table.row(
                        text(it, "id"),
                        text(it, "at"),
                        text(it, "type"),
                        new Table.Cell(
                                it.path("status").asString("–"),
                                text(it, "outcome").equals("DELIVERED") ? Style.GREEN : Style.AMBER),
                        text(it, "millis"),
                        text(it, "answer")));
                console.table(table);
            });
        }

        @Command(description = "Send the event of a delivery again.")
        void again(
                @Parameters(paramLabel = "WEBHOOK", description = HOOK) String hook,
                @Parameters(paramLabel = "NUMBER", description = "Of the delivery, as the log shows it.") long number,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            JsonNode sent = console.server()
                    .post(path(org, hook) + "/deliveries/" + number + "/repetitions", Map.of())
                    .json();
            console.show(sent, () -> console.line(text(sent, "event") + " is being sent again."));
        }

        // --- finding -----------------------------------------------------------------------------------------------

        private List<JsonNode> items(String path) {
            return console.server().get(path).json().path("items").valueStream().toList();
        }

        private String hooks(Optional<String> org) {
            return "/api/webhooks/organizations/" + encoded(org.orElseGet(this::onlyOrganization)) + "/hooks";
        }

        private String onlyOrganization() {
            List<String> mine = items("/api/accounts/organizations").stream()
                    .map(it -> text(it, "name"))
                    .toList();
            if (mine.size() != 1) {
                throw CommandFailure.usage(
                        mine.isEmpty()
                                ? "You are in no organization."
                                : "You are in several organizations; say which by --org: " + String.join(", ", mine)
                                        + ".");
            }
            return mine.getFirst();
        }

        private String path(Optional<String> org, String hook) {
            String hooks = hooks(org);
            String id = hook.contains("://")
                    ? items(hooks).stream()
                            .filter(it -> it.path("url").asString("").equals(hook))
                            .map(it -> text(it, "id"))
                            .findFirst()
                            .orElse(hook)
                    : hook;
            return hooks + "/" + encoded(id);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }

        // --- words -------------------------------------------------------------------------------------------------

        private static Table.Cell state(JsonNode hook) {
            return hook.path("off").isString()
                    ? new Table.Cell("off", Style.DIM)
                    : hook.path("failingSince").isString()
                            ? new Table.Cell("failing", Style.RED)
                            : new Table.Cell("on", Style.GREEN);
        }

        private static String types(JsonNode hook) {
            return String.join(
                    " ",
                    hook.path("types")
                            .valueStream()
                            .map(it -> plain(it.asString("")))
                            .toList());
        }

        private static String text(JsonNode node, String member) {
            return plain(node.path(member).asString(""));
        }

        /** What came from a server must not steer the terminal. */
        private static String plain(String text) {
            return text.codePoints()
                    .map(c -> Character.isISOControl(c) ? ' ' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }
}
