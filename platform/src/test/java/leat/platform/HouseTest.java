package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The house keeps its arrows: engines, web and cli know the kernel; apps know these (not engines) and of each other only
 * what stands in an {@code api} package; the platform knows all; and the kernel knows nobody.
 */
final class HouseTest {
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "kernel", Set.of(),
            "engine", Set.of("kernel"),
            "web", Set.of("kernel"),
            "cli", Set.of("kernel"),
            "app", Set.of("kernel", "web", "cli"),
            "platform", Set.of("kernel", "engine", "web", "cli", "app"));

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/testkit/") && !location.contains("-testkit-"))
            .importPackages("leat");

    @Test
    void the_whole_house_is_looked_at() {
        assertThat(HOUSE).hasSizeGreaterThan(100);
        assertThat(HOUSE.stream().map(HouseTest::room).collect(Collectors.toSet()))
                .contains("kernel", "engine", "web", "cli", "platform");
    }

    @Test
    void arrows_point_inwards_only() {
        assertThat(against((from, to) ->
                        from.equals(to) || ARROWS.getOrDefault(from, Set.of()).contains(to)
                                ? ""
                                : from + " must not know " + to))
                .isEmpty();
    }

    @Test
    void an_app_knows_of_another_only_its_api() {
        var wrong = new TreeSet<String>();
        for (JavaClass from : HOUSE) {
            for (JavaClass to : targets(from)) {
                if (room(from).equals("app")
                        && room(to).equals("app")
                        && !app(from).equals(app(to))
                        && !to.getPackageName().contains(".api")) {
                    wrong.add(from.getName() + " → " + to.getName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void only_the_platform_runs_nodes() {
        var wrong = new TreeSet<String>();
        for (JavaClass from : HOUSE) {
            if (!room(from).equals("platform") && !from.getPackageName().equals("leat.kernel.runtime")) {
                targets(from).stream()
                        .filter(to -> to.getPackageName().equals("leat.kernel.runtime"))
                        .forEach(to -> wrong.add(from.getName() + " → " + to.getName()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_network_and_the_store_stay_behind_our_own_words() {
        Map<String, String> kept = Map.of(
                "io.vertx",
                "web",
                "io.netty",
                "web",
                "org.sqlite",
                "engine",
                "picocli",
                "cli",
                "io.micrometer",
                "platform");
        var wrong = new TreeSet<String>();
        for (JavaClass from : HOUSE) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String to = dependency.getTargetClass().getPackageName();
                kept.forEach((library, home) -> {
                    boolean commands = library.equals("picocli")
                            && Set.of("app", "platform").contains(room(from));
                    if ((to + ".").startsWith(library + ".") && !room(from).equals(home) && !commands) {
                        wrong.add(from.getName() + " → " + to);
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    private interface Judge {
        /** What is wrong with an arrow between two rooms; empty when nothing. */
        String judge(String from, String to);
    }

    private static Set<String> against(Judge judge) {
        var wrong = new TreeSet<String>();
        for (JavaClass from : HOUSE) {
            for (JavaClass to : targets(from)) {
                String verdict = judge.judge(room(from), room(to));
                if (!verdict.isEmpty()) {
                    wrong.add(verdict + ": " + from.getName() + " → " + to.getName());
                }
            }
        }
        return wrong;
    }

    private static List<JavaClass> targets(JavaClass from) {
        return from.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(to -> to.getPackageName().startsWith("leat."))
                .distinct()
                .toList();
    }

    private static String room(JavaClass one) {
        return switch (app(one)) {
            case "kernel" -> "kernel";
            case "engine" -> "engine";
            case "web" -> "web";
            case "cli" -> "cli";
            case "platform" -> "platform";
            default -> "app";
        };
    }

    /** The second word of the package: {@code leat.notes.…} is of the app notes. */
    private static String app(JavaClass one) {
        String[] words = one.getPackageName().split("\\.", 3);
        return words.length > 1 ? words[1] : "";
    }
}
