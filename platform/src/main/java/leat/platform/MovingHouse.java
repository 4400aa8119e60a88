package leat.platform;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.runtime.Folds;
import leat.platform.archive.Archive;
import leat.platform.archive.ArchiveException;
import leat.platform.archive.Manifest;

/**
 * {@code leat export FILE} and {@code leat import FILE}: a stopped Leat into one file, and out of it into an empty one.
 * {@code leat restore FILE} is the same as an import: a backup is an export of a Leat that runs.
 *
 * <p>The settings say which engine it is carried from or to. Ends as {@link Main} does. An export appears under its name only
 * when it is whole; an import that fails leaves a data folder as it was, and a database with what has come so far.
 */
public final class MovingHouse {
    private final PrintStream out;
    private final PrintStream err;

    private MovingHouse(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        var house = new MovingHouse(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
        Runtime.getRuntime().halt(house.run(List.of(arguments), System.getenv()));
    }

    static int run(PrintStream out, PrintStream err, Map<String, String> environment, String... arguments) {
        return new MovingHouse(out, err).run(Arrays.asList(arguments), environment);
    }

    private int run(List<String> arguments, Map<String, String> environment) {
        try {
            if (arguments.size() < 2 || arguments.get(1).startsWith("--")) {
                throw StartFailure.misconfigured(
                        "Say which file: leat " + arguments.getFirst() + " FILE, then settings such as --data FOLDER.");
            }
            Path file = Path.of(arguments.get(1)).toAbsolutePath().normalize();
            Settings settings =
                    Settings.of(Configuration.read(arguments.subList(2, arguments.size()), environment, Path.of("")));
            Logging.level(System.Logger.Level.WARNING);
            switch (arguments.getFirst()) {
                case "export" -> export(file, settings);
                case "import", "restore" -> take(file, settings);
                default -> throw new IllegalArgumentException(arguments.getFirst());
            }
            return 0;
        } catch (StartFailure failure) {
            err.println("leat: " + failure.getMessage());
            return failure.exitCode();
        } catch (ArchiveException failure) {
            err.println("leat: " + failure.getMessage() + ".");
            return StartFailure.IMPOSSIBLE;
        } catch (IOException failure) {
            err.println(
                    "leat: " + failure.getMessage() + " (" + failure.getClass().getSimpleName() + ").");
            return StartFailure.IMPOSSIBLE;
        }
    }

    private void export(Path file, Settings settings) throws IOException {
        if (Files.exists(file)) {
            throw StartFailure.impossible(file + " is there already; name another file.");
        }
        if (settings.distributed().isEmpty() && !Files.isDirectory(settings.data())) {
            throw StartFailure.impossible("There is no data folder " + settings.data() + ".");
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (Engine engine = Main.open(settings)) {
            Manifest manifest;
            try (FileChannel channel = FileChannel.open(
                            unfinished,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
                    var bytes = java.nio.channels.Channels.newOutputStream(channel)) {
                manifest = Archive.write(engine, folds(engine, settings), Release.VERSION, bytes, err::println);
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            out.println("Exported " + summary(manifest) + " to " + file + ".");
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void take(Path file, Settings settings) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw StartFailure.impossible("There is no file " + file + ".");
        }
        Manifest manifest = settings.distributed().isPresent()
                ? intoDatabase(file, settings, settings.distributed().get())
                : intoFolder(file, settings);
        out.println("Imported " + summary(manifest) + " into " + Main.where(settings) + "; "
                + (manifest.release().equals(Release.VERSION)
                        ? "every entity folds to what it was."
                        : "every event arrived as it was written by release " + manifest.release() + "."));
    }

    /** Fills a folder beside the data folder, which takes its name once all has been compared. */
    private Manifest intoFolder(Path file, Settings settings) throws IOException {
        Path data = settings.data();
        if (Files.exists(data) && !empty(data)) {
            throw StartFailure.impossible("The data folder " + data
                    + " is not empty; an import makes a new one. Name another with --data, or move this one away.");
        }
        Path beside = data.resolveSibling(data.getFileName() + ".importing");
        Folders.delete(beside);
        try {
            Manifest manifest = load(file, settings.withData(beside));
            Files.deleteIfExists(data);
            Files.move(beside, data, StandardCopyOption.ATOMIC_MOVE);
            return manifest;
        } finally {
            Folders.delete(beside);
        }
    }

    /** Fills a database that had nothing in it; what a failure leaves there is for the operator to drop. */
    private Manifest intoDatabase(Path file, Settings settings, DistributedSettings shared) throws IOException {
        try (Engine engine = Main.open(settings)) {
            if (!engine.journal().heads().isEmpty()) {
                throw StartFailure.impossible("There are events already in " + shared.postgres()
                        + "; an import fills an empty database. Create one, and name it with --postgres-url.");
            }
        }
        try {
            return load(file, settings);
        } catch (ArchiveException | IOException failure) {
            err.println("leat: What was imported so far is of no use: drop the database of " + shared.postgres()
                    + " and create it anew before the next import.");
            throw failure;
        }
    }

    private Manifest load(Path file, Settings settings) throws IOException {
        try (Engine engine = Main.open(settings)) {
            return Archive.load(file, engine, folds(engine, settings), Release.VERSION, err::println);
        }
    }

    private static boolean empty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static Folds folds(Engine engine, Settings settings) {
        List<Module> modules = Main.modules(settings, () -> "");
        return Folds.of(engine, modules);
    }

    static String summary(Manifest manifest) {
        long entities = manifest.entities().values().stream()
                .mapToLong(Folds.Fold::entities)
                .sum();
        return count(manifest.events(), "event", "events") + " of " + count(entities, "entity", "entities") + ", "
                + count(manifest.blobs(), "blob", "blobs") + " and "
                + count(manifest.logs().size(), "log", "logs");
    }

    private static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }
}
