package leat.engine.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import leat.kernel.port.ViewStore;
import leat.kernel.sql.Dialect;
import leat.kernel.sql.SqlException;

/**
 * Views as SQLite files, {@code view@tag.3.db}; the number tells one filling from the next.
 *
 * <p>Which number is live stands in {@code view@tag.live}, replaced in one step, because a SQLite file cannot be renamed
 * over another that is in use. Files that are not live are removed when the view is opened.
 */
final class SqliteViews implements ViewStore, AutoCloseable {
    private static final Logger LOG = System.getLogger(SqliteViews.class.getName());

    private final Path folder;
    private final EmbeddedSettings settings;
    private final Map<String, ViewDatabase> live = new HashMap<>();
    private final Map<Path, ViewDatabase> beside = new HashMap<>();

    SqliteViews(Path folder, EmbeddedSettings settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        Files.createDirectories(folder);
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public synchronized Database open(String view, String tag, List<String> schema) {
        String stem = stem(view, tag);
        ViewDatabase known = live.get(stem);
        if (known != null && !known.closed()) {
            return known;
        }
        try {
            long number = liveNumber(stem);
            for (Path file : files(stem + ".")) {
                boolean ours = file.getFileName().toString().startsWith(stem + "." + number + ".db");
                if (!ours && !file.equals(pointer(stem)) && !inUse(file)) {
                    Files.deleteIfExists(file);
                }
            }
            ViewDatabase database = openOrAnew(view, tag, schema, stem, number);
            live.put(stem, database);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of views " + folder + " fails: " + Faults.reason(e), e);
        }
    }

    private ViewDatabase openOrAnew(String view, String tag, List<String> schema, String stem, long number)
            throws IOException {
        try {
            return database(stem, number, view, tag, schema, false);
        } catch (SqlException e) {
            if (!Faults.damaged(e)) {
                throw e;
            }
            LOG.log(Level.WARNING, "View " + view + " is damaged and is made anew from the journal.");
            long next = number + 1;
            point(stem, next);
            delete(file(stem, number));
            return database(stem, next, view, tag, schema, false);
        }
    }

    private ViewDatabase database(
            String stem, long number, String view, String tag, List<String> schema, boolean beside) {
        return new ViewDatabase(file(stem, number), view, tag, schema, settings, beside, file -> discard(stem, number));
    }

    /** The next opening begins an empty file, because this one turned out to be damaged. */
    private void discard(String stem, long number) {
        try {
            if (liveNumber(stem) == number) {
                point(stem, number + 1);
                LOG.log(Level.WARNING, "View " + stem + " is damaged and is made anew when it is next opened.");
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The damaged view " + stem + " cannot be set aside: " + Faults.reason(e));
        }
    }

    @Override
    public synchronized Database beside(String view, String tag, List<String> schema) {
        String stem = stem(view, tag);
        try {
            long number = liveNumber(stem) + 1;
            while (inUse(file(stem, number))) {
                number++;
            }
            delete(file(stem, number));
            ViewDatabase database = database(stem, number, view, tag, schema, true);
            beside.put(database.file(), database);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of views " + folder + " fails: " + Faults.reason(e), e);
        }
    }

    @Override
    public synchronized Database swap(Database old, Database rebuilt) {
        ViewDatabase next = (ViewDatabase) rebuilt;
        ViewDatabase previous = (ViewDatabase) old;
        String stem = stem(next.view(), next.tag());
        try {
            next.settle();
            String name = next.file().getFileName().toString();
            point(stem, Long.parseLong(name.substring(stem.length() + 1, name.length() - ".db".length())));
            beside.remove(next.file());
            live.put(stem, next);
            previous.close();
            delete(previous.file());
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of views " + folder + " fails: " + Faults.reason(e), e);
        }
    }

    @Override
    public synchronized void retire(String view, String tag) {
        String kept = stem(view, tag);
        live.entrySet().removeIf(entry -> {
            boolean left =
                    entry.getValue().view().equals(view) && !entry.getKey().equals(kept);
            if (left) {
                entry.getValue().close();
            }
            return left;
        });
        try {
            for (Path file : files(encoded(view) + "@")) {
                if (!file.getFileName().toString().startsWith(kept + ".")) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of views " + folder + " fails: " + Faults.reason(e), e);
        }
    }

    private boolean inUse(Path file) {
        String name = file.getFileName().toString();
        return beside.values().stream()
                .anyMatch(database -> !database.closed()
                        && name.startsWith(database.file().getFileName().toString()));
    }

    private static String stem(String view, String tag) {
        return encoded(view) + "@" + encoded(tag);
    }

    /** Letters, digits, {@code _} and {@code -} stand for themselves, a dot too; all else becomes {@code %} and hex. */
    private static String encoded(String name) {
        StringBuilder safe = new StringBuilder();
        name.codePoints().forEach(c -> {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
            if (plain) {
                safe.appendCodePoint(c);
            } else {
                safe.append('%').append(HexFormat.of().toHexDigits(c, 6));
            }
        });
        return safe.toString();
    }

    private Path file(String stem, long number) {
        return folder.resolve(stem + "." + number + ".db");
    }

    private Path pointer(String stem) {
        return folder.resolve(stem + ".live");
    }

    private long liveNumber(String stem) throws IOException {
        Path pointer = pointer(stem);
        if (!Files.exists(pointer)) {
            return 1;
        }
        try {
            return Long.parseLong(Files.readString(pointer).strip());
        } catch (NumberFormatException e) {
            return 1; // a torn pointer: the file may be an older filling, which its cursor brings up to date
        }
    }

    private void point(String stem, long number) throws IOException {
        Path next = folder.resolve(stem + ".next");
        Files.writeString(next, Long.toString(number));
        Files.move(next, pointer(stem), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private List<Path> files(String prefix) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    private static void delete(Path database) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
        }
    }

    @Override
    public synchronized void close() {
        live.values().forEach(ViewDatabase::close);
        beside.values().forEach(ViewDatabase::close);
        live.clear();
        beside.clear();
    }
}
