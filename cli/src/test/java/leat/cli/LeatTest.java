package leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

final class LeatTest {
    @TempDir
    Path settings;

    @Test
    void the_help_lists_the_commands_of_every_app_without_building_them() {
        var built = new AtomicBoolean();
        Typed typed = Typed.with(settings).groups(pets(built)).run("--help");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).contains("login", "whoami", "pets", "Looks after pets.", "Exit codes");
        assertThat(built).isFalse();
    }

    @Test
    void a_group_is_built_when_it_is_called() {
        var built = new AtomicBoolean();
        Typed typed = Typed.with(settings).groups(pets(built)).run("pets", "feed", "Rex");
        assertThat(typed.out()).isEqualTo("fed Rex\n");
        assertThat(typed.exitCode()).isZero();
        assertThat(built).isTrue();
    }

    @Test
    void options_of_every_command_may_stand_anywhere() {
        Typed before = Typed.with(settings).groups(pets(new AtomicBoolean())).run("--json", "pets", "feed", "Rex");
        Typed after = Typed.with(settings).groups(pets(new AtomicBoolean())).run("pets", "feed", "Rex", "--json");
        assertThat(before.out()).isEqualTo("{\"fed\":\"Rex\"}\n").isEqualTo(after.out());
    }

    @Test
    void the_value_of_an_option_is_not_taken_for_a_command() {
        Typed typed = Typed.with(settings)
                .groups(pets(new AtomicBoolean()))
                .run("--url", "http://pets:1", "pets", "feed", "Rex");
        assertThat(typed.out()).isEqualTo("fed Rex\n");
    }

    @Test
    void an_unknown_command_is_told_with_the_nearest_known_one() {
        Typed typed = Typed.with(settings).run("whoani");
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("whoani", "Did you mean \"whoami\"?", "\"leat --help\" explains it.");
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void no_command_at_all_is_a_misuse() {
        Typed typed = Typed.with(settings).run();
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("Which command?");
    }

    @Test
    void a_missing_word_is_a_misuse_of_that_command() {
        Typed typed = Typed.with(settings).groups(pets(new AtomicBoolean())).run("pets", "feed");
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("NAME", "\"leat pets feed --help\" explains it.");
    }

    @Test
    void a_completion_script_knows_the_verbs_of_the_apps() {
        Typed bash = Typed.with(settings).groups(pets(new AtomicBoolean())).run("completion", "bash");
        assertThat(bash.exitCode()).isZero();
        assertThat(bash.out()).contains("complete -F", "pets", "feed", "whoami");
        Typed fish = Typed.with(settings).run("completion", "fish");
        assertThat(fish.exitCode()).isEqualTo(2);
        assertThat(fish.err()).contains("bash and zsh");
    }

    @Test
    void the_version_needs_no_server() {
        assertThat(Typed.with(settings).run("version").out()).startsWith("leat 1.2.3 on Java ");
        assertThat(Typed.with(settings).run("version", "--json").out()).contains("\"version\":\"1.2.3\"");
    }

    private static CommandGroup pets(AtomicBoolean built) {
        return new CommandGroup() {
            @Override
            public String name() {
                return "pets";
            }

            @Override
            public String summary() {
                return "Looks after pets.";
            }

            @Override
            public Object commands(Console console) {
                built.set(true);
                return new Pets(console);
            }
        };
    }

    @Command(name = "pets", description = "Looks after pets.")
    static final class Pets {
        private final Console console;

        Pets(Console console) {
            this.console = console;
        }

        @Command(description = "Feeds one.")
        void feed(@Parameters(paramLabel = "NAME") String name) {
            console.show(java.util.Map.of("fed", name), () -> console.line("fed " + name));
        }
    }
}
