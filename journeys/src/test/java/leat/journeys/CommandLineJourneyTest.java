package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a running Leat, let in by a token and by a browser. */
final class CommandLineJourneyTest {
    @TempDir
    static Path folder;

    private static Product product;
    private static Workshop workshop;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(folder);
        workshop = Workshop.founded(product);
    }

    @AfterAll
    static void end() {
        assertThat(product.errors()).isEmpty();
        product.close();
    }

    @Test
    void a_token_made_on_the_page_lets_the_command_line_keep_mocks(@TempDir Path home) throws Exception {
        String token = token("terminal");
        var line = new CommandLine(product, home);
        line.run("mocks", "list").with(3);
        line.run("login", "--token", token).with(0);
        assertThat(line.run("whoami").with(0).out()).contains("ada");

        Files.writeString(home.resolve("pets.yml"), Workshop.answering("/pets/:id", "pet {{path-params.id}}"));
        assertThat(line.run("mocks", "push", "pets.yml").with(0).out()).contains("Revision 1 of pets");
        assertThat(line.run("mocks", "list").with(0).out()).contains("pets").contains("draft");
        line.run("mocks", "publish", "pets").with(0);
        Api.Answer answer = Wire.get(product.port(), "pets-workshop.localhost", "/pets/5");
        assertThat(answer.with(200).body()).isEqualTo("pet 5");
        Wire.get(product.port(), "pets-workshop.localhost", "/nothing").with(404);
        assertThat(line.run("mocks", "logs", "pets").with(0).out())
                .contains("/pets/5")
                .contains("/nothing");

        Files.writeString(
                home.resolve("pets.yml"),
                Workshop.answering("/pets/:id", "late").replace("headers:", "status: fine, headers:"));
        CommandLine.Result bad =
                line.run("mocks", "push", "pets.yml", "--publish").with(1);
        assertThat(bad.out() + bad.err()).containsPattern("pets\\.yml:[0-9]+:[0-9]+: error");
        assertThat(Wire.get(product.port(), "pets-workshop.localhost", "/pets/5")
                        .with(200)
                        .body())
                .as("the last good revision goes on")
                .isEqualTo("pet 5");

        line.run("mocks", "unpublish", "pets").with(0);
        Wire.get(product.port(), "pets-workshop.localhost", "/pets/5").with(404);
        line.run("logout").with(0);
        line.run("mocks", "list").with(3);
    }

    private static String token(String name) {
        try (Tab ada = workshop.signedIn("ada")) {
            ada.open("/settings/tokens").fill("Name", name);
            ada.clickOn("input[value='*']").click("Make token").sees("Token made");
            return ada.textOf(".secret code");
        }
    }

    @Test
    void notes_are_written_found_and_brought_back_and_people_are_called_by_their_names(@TempDir Path home)
            throws Exception {
        var line = new CommandLine(product, home);
        line.run("login", "--token", token("notes")).with(0);
        Files.writeString(home.resolve("roof.md"), "Slates before winter.");
        String slug = line.run("notes", "add", "Roof", "roof.md", "--tag", "house")
                .with(0)
                .out()
                .strip();
        Files.writeString(home.resolve("roof.md"), "Tiles before winter.");
        assertThat(line.run("notes", "edit", "Roof", "roof.md").with(0).out()).contains("Version 2 of Roof");
        assertThat(line.run("notes", "search", "tiles", "wint").with(0).out()).contains("Tiles before winter.");
        assertThat(line.run("notes", "show", slug, "--version", "1").with(0).out())
                .isEqualTo("Slates before winter.\n");
        assertThat(line.run("notes", "history", "Roof").with(0).out()).containsPattern("(?m)^2 .* ada +Roof");

        line.run("notes", "restore", "Roof", "1").with(0);
        line.run("notes", "done", "Roof").with(0);
        assertThat(line.run("notes", "list").with(0).out()).containsPattern("Roof .*Completed.*house");
        assertThat(line.run("notes", "export", "all.zip").with(0).out()).contains("1 note is in all.zip");
        assertThat(line.run("notes", "import", "all.zip").with(0).out()).isEqualTo("1 note came in.\n");
        assertThat(line.run("notes", "import", "all.zip").with(0).out())
                .isEqualTo("0 notes came in; 1 is here already.\n");
        assertThat(line.run("notes", "show", "Chimney").with(1).err()).contains("You see no note \"Chimney\"");
    }

    @Test
    void a_login_is_approved_in_the_browser(@TempDir Path home) throws Exception {
        var line = new CommandLine(product, home);
        try (Tab ada = workshop.signedIn("ada");
                CommandLine.Running login = line.begin("login")) {
            String url = login.find(Pattern.compile("Open (\\S+) and confirm the code"));
            ada.open(url).sees("Let a command line in?").click("Approve").sees("Approved");
            assertThat(login.find(Pattern.compile("Signed in to \\S+ as (\\S+)\\.")))
                    .isEqualTo("ada");
            assertThat(login.exitCode()).isZero();
        }
        assertThat(line.run("whoami").with(0).out()).contains("ada");
    }

    @Test
    void a_login_that_is_denied_gets_nothing(@TempDir Path home) throws Exception {
        var line = new CommandLine(product, home);
        try (Tab ada = workshop.signedIn("ada");
                CommandLine.Running login = line.begin("login")) {
            String url = login.find(Pattern.compile("Open (\\S+) and confirm the code"));
            ada.open(url).click("Deny").sees("Denied");
            assertThat(login.exitCode()).isNotZero();
        }
        line.run("whoami").with(3);
    }
}
