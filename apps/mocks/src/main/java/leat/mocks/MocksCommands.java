package leat.mocks;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leat.cli.CommandFailure;
import leat.cli.CommandGroup;
import leat.cli.Console;
import leat.cli.ExitCode;
import leat.cli.Remote;
import leat.cli.Style;
import leat.cli.Table;
import leat.kernel.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code leat mocks …}: mocks from the command line, over the same HTTP interface as everybody's. */
public final class MocksCommands implements CommandGroup {
    /** Mocks that are listed or searched at most. */
    static final int MOST = 5_000;

    @Override
    public String name() {
        return "mocks";
    }

    @Override
    public String summary() {
        return "Write, publish and watch mocks.";
    }

    @Override
    public Object commands(Console console) {
        return new Verbs(console);
    }

    /** The verbs; each is one or two requests and what they say to a person. */
    @Command(name = "mocks", description = "Write, publish and watch mocks.")
    static final class Verbs {
        private static final String MOCKS = "/api/mocks/mocks";

        private final Console console;

        Verbs(Console console) {
            this.console = console;
        }

        @Command(description = "List mocks.")
        void list(
                @Option(names = "--org", paramLabel = "NAME", description = "Only those of this organization.")
                        Optional<String> org) {
            List<JsonNode> items = console.server()
                    .items(
                            MOCKS
                                    + org.map(name -> "?organization=" + encoded(name))
                                            .orElse(""),
                            MOST);
            console.show(items, () -> {
                Table table = Table.of("There are no mocks yet.", "MOCK", "STATUS", "LIVE", "NEWEST", "ADDRESS");
                items.forEach(it -> table.row(
                        text(it, "organizationName") + "/" + text(it, "name"),
                        new Table.Cell(text(it, "status"), style(text(it, "status"))),
                        it.path("live").asString("-"),
                        text(it, "head"),
                        it.path("addresses").path("host").asString("")));
                console.table(table);
            });
        }

        @Command(description = "Save a file as the newest revision of a mock; makes the mock when there is none.")
        int push(
                @Parameters(paramLabel = "FILE", description = "A YAML file, or - for standard input.") String file,
                @Option(names = "--name", paramLabel = "NAME", description = "Its name; otherwise the file's.")
                        Optional<String> name,
                @Option(
                                names = "--org",
                                paramLabel = "NAME",
                                description = "Its organization, when you are in several.")
                        Optional<String> org,
                @Option(names = "--publish", description = "Publish it as well, when it has no errors.")
                        boolean publish) {
            byte[] source = read(file);
            Remote server = console.server();
            String called = name.orElseGet(() -> nameOf(file));
            Optional<JsonNode> known = find(server, org, called);
            String id = known.map(it -> text(it, "id"))
                    .orElseGet(() -> text(create(server, org(server, org), called, source), "id"));
            JsonNode saved =
                    yaml(server, "PUT", MOCKS + "/" + id + "/source" + (publish ? "?publish=true" : ""), source);
            JsonNode publication = saved.path("publication");
            boolean refused =
                    hasErrors(saved.path("diagnostics")) || (publish && !isUnderWay(text(publication, "status")));
            console.show(saved, () -> {
                print(file, saved.path("diagnostics"));
                console.line("Revision " + text(saved, "revision") + " of " + called + " is saved, " + word(publication)
                        + ".");
            });
            return refused && (publish || hasErrors(saved.path("diagnostics")))
                    ? ExitCode.REFUSED.number()
                    : ExitCode.OK.number();
        }

        @Command(description = "Publish the newest revision of a mock, or another one.")
        int publish(
                @Parameters(paramLabel = "MOCK", description = "Its name, organization/name, or id.") String mock,
                @Option(names = "--revision", paramLabel = "NUMBER", description = "The revision; usually the newest.")
                        Optional<Integer> revision) {
            Remote server = console.server();
            JsonNode answer = server.put(
                            MOCKS + "/" + id(server, mock) + "/publication",
                            revision.<Map<String, Object>>map(number -> Map.of("revision", number))
                                    .orElse(Map.of()))
                    .json();
            console.show(answer, () -> {
                answer.path("reasons")
                        .forEach(reason -> console.line(mock + ":" + text(reason, "line") + ":" + text(reason, "column")
                                + ": error " + text(reason, "code") + ": " + text(reason, "message")));
                console.line(mock + " is " + word(answer) + ".");
            });
            return isUnderWay(text(answer, "status")) ? ExitCode.OK.number() : ExitCode.REFUSED.number();
        }

        @Command(description = "Take a mock offline, at once.")
        void unpublish(@Parameters(paramLabel = "MOCK") String mock) {
            Remote server = console.server();
            JsonNode answer = server.delete(MOCKS + "/" + id(server, mock) + "/publication")
                    .json();
            console.show(answer, () -> console.line(mock + " is offline."));
        }

        @Command(description = "Print the addresses of a mock and of its page.")
        void open(@Parameters(paramLabel = "MOCK") String mock) {
            Remote server = console.server();
            JsonNode it = server.get(MOCKS + "/" + id(server, mock)).json();
            console.show(it, () -> {
                console.line(it.path("addresses").path("host").asString(""));
                console.line(it.path("addresses").path("path").asString(""));
                console.line(server.url() + "/mocks/" + text(it, "id"));
            });
        }

        @Command(description = "Show the last requests to a mock.")
        void logs(
                @Parameters(paramLabel = "MOCK") String mock,
                @Option(
                                names = {"-f", "--follow"},
                                description = "Go on with each new one, until interrupted.")
                        boolean follow) {
            Remote server = console.server();
            String requests = MOCKS + "/" + id(server, mock) + "/requests";
            if (follow) {
                server.follow(requests + "/events", event -> {
                    if (event.name().equals("request")) {
                        JsonNode request = Json.tree(event.data());
                        console.show(request, () -> console.line(line(request)));
                    }
                    return true;
                });
                return;
            }
            JsonNode answer = server.get(requests).json();
            console.show(answer, () -> answer.path("items").forEach(request -> console.line(line(request))));
        }

        @Command(description = "Check a file without keeping it.")
        int diagnose(
                @Parameters(paramLabel = "FILE", description = "A YAML file, or - for standard input.") String file) {
            JsonNode found = yaml(console.server(), "POST", "/api/mocks/diagnostics", read(file));
            console.show(found, () -> {
                print(file, found);
                if (found.isEmpty()) {
                    console.line(file + " is a good mock.");
                }
            });
            return hasErrors(found) ? ExitCode.REFUSED.number() : ExitCode.OK.number();
        }

        @Command(description = "Remove a mock with all its revisions, for good.")
        void remove(
                @Parameters(paramLabel = "MOCK") String mock,
                @Option(names = "--yes", required = true, description = "Says that you mean it.") boolean yes) {
            Remote server = console.server();
            server.delete(MOCKS + "/" + id(server, mock));
            console.show(Map.of("removed", mock), () -> console.line(mock + " is removed."));
        }

        // --- finding -----------------------------------------------------------------------------------------------

        private static String id(Remote server, String mock) {
            if (mock.matches("[0-9A-HJKMNP-TV-Z]{13}")) {
                return mock;
            }
            int slash = mock.indexOf('/');
            Optional<String> org = slash < 0 ? Optional.empty() : Optional.of(mock.substring(0, slash));
            return find(server, org, mock.substring(slash + 1))
                    .map(it -> text(it, "id"))
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.REFUSED, "mock.absent", "You have no mock \"" + mock + "\".", List.of()));
        }

        private static Optional<JsonNode> find(Remote server, Optional<String> org, String name) {
            List<JsonNode> found = server
                    .items(
                            MOCKS + "?q=" + encoded(name)
                                    + org.map(it -> "&organization=" + encoded(it))
                                            .orElse(""),
                            MOST)
                    .stream()
                    .filter(it -> text(it, "name").equals(name))
                    .toList();
            if (found.size() > 1) {
                throw CommandFailure.usage("Several organizations have a mock \"" + name + "\": "
                        + String.join(
                                ", ",
                                found.stream()
                                        .map(it -> text(it, "organizationName") + "/" + name)
                                        .toList())
                        + ". Say which.");
            }
            return found.stream().findFirst();
        }

        private static String org(Remote server, Optional<String> org) {
            return org.orElseGet(() -> {
                List<JsonNode> all = server.items("/api/accounts/organizations", 200);
                if (all.size() == 1) {
                    return text(all.getFirst(), "name");
                }
                throw CommandFailure.usage(
                        all.isEmpty()
                                ? "You are in no organization yet."
                                : "You are in several organizations; name one with --org.");
            });
        }

        private static JsonNode create(Remote server, String org, String name, byte[] source) {
            return yaml(server, "POST", MOCKS + "?organization=" + encoded(org) + "&name=" + encoded(name), source);
        }

        private static JsonNode yaml(Remote server, String method, String path, byte[] source) {
            return server.send(method, path, Map.of("Content-Type", "text/yaml"), Optional.of(source))
                    .json();
        }

        private byte[] read(String file) {
            if (file.equals("-")) {
                return console.readAll();
            }
            try {
                return Files.readAllBytes(Path.of(file));
            } catch (NoSuchFileException e) {
                throw CommandFailure.usage("There is no file " + file + ".");
            } catch (IOException e) {
                throw CommandFailure.usage("The file " + file + " cannot be read: " + e.getMessage());
            }
        }

        /** {@code api/Pet_Store.mock.yml} is a mock named {@code pet-store}. */
        static String nameOf(String file) {
            if (file.equals("-")) {
                throw CommandFailure.usage("Standard input has no name; give one with --name.");
            }
            String last = file.substring(file.replace('\\', '/').lastIndexOf('/') + 1);
            int dot = last.indexOf('.', 1);
            return (dot < 0 ? last : last.substring(0, dot))
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("^-|-$", "");
        }

        // --- words -------------------------------------------------------------------------------------------------

        private void print(String file, JsonNode diagnostics) {
            for (JsonNode it : diagnostics) {
                console.line(file + ":" + text(it, "line") + ":" + text(it, "column") + ": " + text(it, "severity")
                        + " " + text(it, "code") + ": " + text(it, "message"));
                if (!text(it, "advice").isEmpty()) {
                    console.line("    " + text(it, "advice"));
                }
            }
        }

        private static boolean hasErrors(JsonNode diagnostics) {
            return diagnostics.valueStream().anyMatch(it -> text(it, "severity").equals("error"));
        }

        private static boolean isUnderWay(String status) {
            return status.equals("published") || status.equals("publishing");
        }

        private static String word(JsonNode publication) {
            String address = publication.path("addresses").path("host").asString("");
            return switch (text(publication, "status")) {
                case "published" -> "published at " + address;
                case "publishing" -> "being published";
                case "invalid" -> "not published because of its errors";
                case "failed" -> "not published: " + text(publication, "failure");
                case "unpublished" -> "offline";
                default -> "a draft";
            };
        }

        private static String line(JsonNode request) {
            String why = request.path("problem").path("detail").asString("");
            return text(request, "at") + "  " + text(request, "status") + "  " + text(request, "method") + " "
                    + text(request, "target") + (why.isEmpty() ? "" : "  — " + why);
        }

        private static Style style(String status) {
            return switch (status) {
                case "published" -> Style.GREEN;
                case "publishing" -> Style.AMBER;
                case "invalid", "failed" -> Style.RED;
                default -> Style.DIM;
            };
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

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
