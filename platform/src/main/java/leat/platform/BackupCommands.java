package leat.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import leat.cli.CommandFailure;
import leat.cli.CommandGroup;
import leat.cli.Console;
import leat.cli.ExitCode;
import leat.cli.Progress;
import leat.platform.archive.Archive;
import leat.platform.archive.ArchiveException;
import leat.platform.archive.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code leat backup FILE}: everything that a running Leat keeps, fetched by its owner into one file. */
final class BackupCommands implements CommandGroup {
    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String summary() {
        return "Save everything that a running Leat keeps into one file.";
    }

    @Override
    public Object commands(Console console) {
        return new Backup(console);
    }

    @Command(
            name = "backup",
            description = {
                "Save everything that a running Leat keeps into one file, while it runs.",
                "The file is as secret as the data folder. \"leat import\" makes a data folder of it."
            })
    static final class Backup implements Callable<Integer> {
        private final Console console;

        @Parameters(paramLabel = "FILE", description = "The file to write; it must not be there yet.")
        private Path file = Path.of("");

        Backup(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (Files.exists(file)) {
                throw failure("backup.file-exists", file + " is there already; name another file.");
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            try (Progress progress = console.progress("fetching the backup")) {
                console.server().download("/api/operations/backup", unfinished);
                progress.now("looking at what came");
                Manifest manifest = Archive.manifest(unfinished);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                progress.done();
                console.show(
                        manifest, () -> console.line("Saved " + MovingHouse.summary(manifest) + " to " + file + "."));
                return ExitCode.OK.number();
            } catch (ArchiveException e) {
                throw failure("backup.incomplete", "The backup did not arrive whole: " + e.getMessage() + ".");
            } catch (IOException e) {
                throw failure("backup.not-written", file + " cannot be written: " + e.getMessage() + ".");
            } finally {
                discard(unfinished);
            }
        }

        private static void discard(Path unfinished) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException e) {
                throw failure("backup.not-removed", unfinished + " is not whole, but cannot be removed.");
            }
        }

        private static CommandFailure failure(String code, String sentence) {
            return new CommandFailure(ExitCode.REFUSED, code, sentence, List.of());
        }
    }
}
