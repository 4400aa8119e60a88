package leat.bookmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import leat.cli.CommandGroup;
import leat.cli.Console;
import leat.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code leat bookmarks …}, over the same HTTP interface as everybody's. */
public final class BookmarksCommands implements CommandGroup {
    /** Bookmarks that are listed at most. */
    static final int MOST = 1_000;

    /** The commands as the command line finds them. */
    public BookmarksCommands() {}

    @Override
    public String name() {
        return "bookmarks";
    }

    @Override
    public String summary() {
        return "Keep and list addresses.";
    }

    @Override
    public Object commands(Console console) {
        return new Verbs(console);
    }

    @Command(name = "bookmarks", description = "Keep and list addresses.")
    static final class Verbs {
        private static final String BOOKMARKS = "/api/bookmarks/bookmarks";

        private final Console console;

        Verbs(Console console) {
            this.console = console;
        }

        @Command(description = "Keep an address.")
        void add(
                @Parameters(paramLabel = "ADDRESS") String address,
                @Option(names = "--title", paramLabel = "TITLE") Optional<String> title,
                @Option(names = "--tag", paramLabel = "TAG", description = "May be given several times.")
                        List<String> tags) {
            var draft = new LinkedHashMap<String, Object>();
            draft.put("address", address);
            title.ifPresent(it -> draft.put("title", it));
            draft.put("tags", tags == null ? List.of() : tags);
            JsonNode kept = console.server().post(BOOKMARKS, draft).json();
            console.show(kept, () -> console.line(kept.path("id").asString()));
        }

        @Command(description = "List bookmarks, the newest first.")
        void list() {
            List<JsonNode> items = console.server().items(BOOKMARKS, MOST);
            Table table = Table.of("There are no bookmarks yet.", "title", "address");
            items.forEach(it ->
                    table.row(it.path("title").asString(), it.path("address").asString()));
            console.show(items, () -> console.table(table));
        }
    }
}
