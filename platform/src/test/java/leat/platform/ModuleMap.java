package leat.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Draws the house as it is: which part stands on which, from the poms, and what each is and exports, from the module
 * declarations, or for a part without code from its pom. Run by {@code leat map}, straight from this source.
 */
final class ModuleMap {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(leat-[a-z-]+)</artifactId>");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern EXPORTS = Pattern.compile("^\\s*exports\\s+([a-z.]+)", Pattern.MULTILINE);
    private static final Pattern DESCRIPTION = Pattern.compile("<description>([^<]+)</description>");
    private static final Pattern DOCUMENTATION = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private ModuleMap() {}

    /** One part of the house. */
    private record Part(String folder, String artifact, List<String> needs, String sentence, List<String> exports) {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[arguments.length - 1]);
        String map = drawn(root);
        Path file = root.resolve("docs/map.md");
        switch (arguments.length == 1 ? "" : arguments[0]) {
            case "" -> System.out.print(map);
            case "--write" -> {
                Files.createDirectories(root.resolve("docs"));
                Files.writeString(file, map);
            }
            case "--check" -> {
                if (!Files.exists(file) || !Files.readString(file).equals(map)) {
                    System.err.println("docs/map.md is not what the code says; run ./leat map --write");
                    System.exit(1);
                }
            }
            default -> {
                System.err.println("leat map takes --write, or nothing");
                System.exit(2);
            }
        }
    }

    /** The whole of docs/map.md. */
    static String drawn(Path root) throws IOException {
        List<Part> parts = parts(root);
        var text = new StringBuilder("""
                # The house as it is

                Drawn from the code by `./leat map --write`; an arrow points to what a part stands on.

                ```mermaid
                flowchart BT
                """);
        for (Part part : parts) {
            text.append("    ")
                    .append(part.artifact())
                    .append("[\"")
                    .append(part.folder())
                    .append("\"]\n");
        }
        for (Part part : parts) {
            for (String need : part.needs()) {
                text.append("    ")
                        .append(part.artifact())
                        .append(" --> ")
                        .append(need)
                        .append('\n');
            }
        }
        text.append("```\n\n| part | what it is | packages for others |\n|---|---|---|\n");
        for (Part part : parts) {
            text.append("| `")
                    .append(part.folder())
                    .append("` | ")
                    .append(part.sentence())
                    .append(" | ");
            text.append(String.join(
                    ", ", part.exports().stream().map(name -> "`" + name + "`").toList()));
            text.append(" |\n");
        }
        return text.toString();
    }

    private static List<Part> parts(Path root) throws IOException {
        var parts = new ArrayList<Part>();
        Matcher modules = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (modules.find()) {
            parts.add(part(root, modules.group(1)));
        }
        return parts;
    }

    private static Part part(Path root, String folder) throws IOException {
        String pom = Files.readString(root.resolve(folder).resolve("pom.xml"));
        String own = pom.substring(pom.indexOf("</parent>"));
        Matcher artifact = ARTIFACT.matcher(own);
        if (!artifact.find()) {
            throw new IOException(folder + "/pom.xml names no artifact leat-…");
        }
        var needs = new ArrayList<String>();
        Matcher dependencies = DEPENDENCY.matcher(own);
        while (dependencies.find()) {
            Matcher need = ARTIFACT.matcher(dependencies.group(1));
            if (need.find() && !dependencies.group(1).contains("<scope>test</scope>")) {
                needs.add(need.group(1));
            }
        }
        Path declaration = root.resolve(folder).resolve("src/main/java/module-info.java");
        String declared = Files.exists(declaration) ? Files.readString(declaration) : "";
        var exports = new ArrayList<String>();
        Matcher exported = EXPORTS.matcher(declared);
        while (exported.find()) {
            exports.add(exported.group(1));
        }
        String sentence = firstSentence(declared.isEmpty() ? topPackage(root.resolve(folder)) : declared);
        Matcher description = DESCRIPTION.matcher(own);
        if (sentence.isEmpty() && description.find()) {
            sentence = description.group(1);
        }
        return new Part(folder, artifact.group(1), needs, sentence, exports);
    }

    /** The documentation of the outermost package, for a part that is no module. */
    private static String topPackage(Path folder) throws IOException {
        var byDepth = new TreeMap<String, Path>();
        for (String sources : List.of("src/main/java", "src/test/java")) {
            Path base = folder.resolve(sources);
            if (Files.isDirectory(base) && byDepth.isEmpty()) {
                try (Stream<Path> files = Files.walk(base)) {
                    files.filter(file -> file.endsWith("package-info.java"))
                            .forEach(file -> byDepth.put("%03d%s".formatted(file.getNameCount(), file), file));
                }
            }
        }
        return byDepth.isEmpty() ? "" : Files.readString(byDepth.firstEntry().getValue());
    }

    private static String firstSentence(String source) {
        Matcher documentation = DOCUMENTATION.matcher(source);
        if (!documentation.find()) {
            return "";
        }
        String text = documentation
                .group(1)
                .replaceAll("(?m)^\\s*\\*", " ")
                .replaceAll("\\{@(?:code|link) ([^}]*)\\}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end + 1)).replace("|", "\\|");
    }
}
