package leat.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code ./leat build} made, to be started as {@code ./leat run} starts it. */
record BuiltProduct(Path folder, String jars) {

    /** @throws IOException when it was not built */
    static BuiltProduct find() throws IOException {
        Path folder = Path.of("build", "app");
        if (!Files.exists(cache(folder))) {
            throw new IOException("there is no " + cache(folder) + "; run ./leat build first");
        }
        try (var jars = Files.list(folder.resolve("lib"))) {
            return new BuiltProduct(
                    folder, String.join(":", jars.map(Path::toString).sorted().toList()));
        }
    }

    private static Path cache(Path folder) {
        return folder.resolve("server.aot");
    }

    List<String> withStartCache() {
        return Stream.concat(Stream.of("-XX:AOTCache=" + cache(folder)), withoutStartCache().stream())
                .toList();
    }

    List<String> withoutStartCache() {
        return Child.asTheProduct("-Dorg.sqlite.lib.path=" + folder.resolve("native"), "-Xmx512m", "-cp", jars);
    }
}
