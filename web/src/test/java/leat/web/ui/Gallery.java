package leat.web.ui;

import static leat.web.ui.Markup.html;

import gg.jte.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every part and every page to come with plausible data, as files that a browser opens: {@code target/gallery}. */
final class Gallery {
    static final Path FOLDER = Path.of("target", "gallery");
    static final Path ASSETS = Path.of("src", "main", "resources", "leat", "web", "assets");
    static final Ui UI = new Ui(name -> "assets/" + name, "7f3c-token");
    static final Instant NOW = Instant.parse("2026-11-20T09:41:12Z");

    private Gallery() {}

    static void write() throws IOException {
        Files.createDirectories(FOLDER.resolve("assets"));
        try (Stream<Path> files = Files.list(ASSETS)) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        FOLDER.resolve("assets").resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        page("parts", "Parts", "Mocks", PartsPage.body());
        page("mocks", "Mocks", "Mocks", MockPages.list());
        page("empty", "Mocks", "Mocks", MockPages.none());
        page("mock", "Pet store", "Mocks", MockPages.editor());
        page("revisions", "Revisions of Pet store", "Mocks", MockPages.revisions());
        page("operations", "Operations", "Operations", OperationsPage.body());
        page("members", "Members", "Settings", SettingsPages.members());
        page("tokens", "API tokens", "Settings", SettingsPages.tokens());
        page("audit", "Audit log", "Settings", SettingsPages.audit());
        file("sign-in", Shell.bare(UI, "Sign in", SettingsPages.signIn()));
        file("problem", Shell.bare(UI, "Not found", SettingsPages.problem()));
    }

    private static void page(String name, String title, String module, Content body) throws IOException {
        file(name, Shell.page(UI, title, nav(module, name), List.of("editor.js", "plot.js"), body));
    }

    private static void file(String name, Document document) throws IOException {
        Files.writeString(FOLDER.resolve(name + ".html"), Markup.render(document));
    }

    static Nav nav(String module, String page) {
        return new Nav(
                "mocks.html",
                Optional.of("Harbour Goods"),
                List.of(new Nav.Link("Harbour Goods", "mocks.html"), new Nav.Link("Side projects", "empty.html")),
                List.of(
                        new Nav.Item("Mocks", "mocks.html", Icon.MOCK, module.equals("Mocks"))
                                .shortcut("g m")
                                .children(List.of(
                                        new Nav.Item("All mocks", "mocks.html", Icon.LIST, page.equals("mocks")),
                                        new Nav.Item(
                                                "Revisions", "revisions.html", Icon.HISTORY, page.equals("revisions")),
                                        new Nav.Item("Parts", "parts.html", Icon.GRID, page.equals("parts")))),
                        new Nav.Item("Operations", "operations.html", Icon.OPERATIONS, module.equals("Operations"))
                                .shortcut("g o")
                                .count(2),
                        new Nav.Item("Settings", "members.html", Icon.SETTINGS, module.equals("Settings"))
                                .shortcut("g s")
                                .children(List.of(
                                        new Nav.Item("Members", "members.html", Icon.USERS, page.equals("members")),
                                        new Nav.Item("API tokens", "tokens.html", Icon.KEY, page.equals("tokens")),
                                        new Nav.Item("Audit log", "audit.html", Icon.AUDIT, page.equals("audit"))))),
                Optional.of(new Nav.Account(
                        "Owner",
                        "owner@example.org",
                        List.of(
                                new Nav.Link("Your account", "members.html"),
                                new Nav.Link("API reference", "mocks.html")),
                        "/sign-out")));
    }

    static Content head(String title, String lede, Content actions) {
        return html(
                "<header class=\"page-head\"><div><h1>" + title + "</h1><p class=\"lede\">" + lede
                        + "</p></div><div class=\"toolbar\">{}</div></header>",
                actions);
    }
}
