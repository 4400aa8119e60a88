package leat.notes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import leat.kernel.Position;
import leat.kernel.port.PartitionId;
import leat.kernel.sql.Sql;

/**
 * What has changed in an organization's notes since somebody last asked, so that a copy elsewhere can follow.
 *
 * <p>A note is told of once however often it has changed, as it stands now; one that the reader sees no more (in the trash,
 * gone, made private by its author, or no more shared) is told of as gone. Nothing is left out: a row holds the place of the
 * last event of its note, or of the notebooks through which it is shared; places grow in their partition, and the view folds
 * them in order. A cursor is therefore one place for each partition. Between notes no order is promised.
 */
final class ChangeFeed {
    /** Changes of one partition behind a position. */
    private static final String OF_PARTITION = "select * from (select " + NoteList.columns()
            + ", part, position, case when " + Visibility.SEEN + " then 1 else 0 end as seen from note where "
            + Visibility.OF_KNOWN_ROWS
            + " and state <> 'NEW' and part = '%s' and position > ? order by position limit ?) as p%d";

    private static final String OF_ALL = IntStream.range(0, PartitionId.COUNT)
            .mapToObj(i -> OF_PARTITION.formatted(new PartitionId("notes", i), i))
            .collect(Collectors.joining(" union all "));

    /** Places behind one position, for the notes that one event of a notebook shows to people or hides from them. */
    static final int PLACES = 1_000_000;

    private ChangeFeed() {}

    /**
     * Where a change is told of: what happened to a note at the position itself, and notes that something else touched behind
     * it, each at a place of its own.
     *
     * @param behind 0 to {@link #PLACES} - 1
     */
    static long place(Position position, int behind) {
        return position.number() * PLACES + behind;
    }

    /** How far a reader has come: the last position that it knows in each partition. */
    record Cursor(List<Long> positions) {
        private static final Pattern SHAPE =
                Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18}){" + (PartitionId.COUNT - 1) + "}");

        /** Before everything. */
        static final Cursor START = new Cursor(Collections.nCopies(PartitionId.COUNT, 0L));

        Cursor {
            positions = List.copyOf(positions);
        }

        /** As it travels; what it means is nobody's business. */
        String text() {
            String plain = positions.stream().map(String::valueOf).collect(Collectors.joining("."));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        }

        /** Empty when the text is none that was ever given out. */
        static Optional<Cursor> read(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                return SHAPE.matcher(plain).matches()
                        ? Optional.of(new Cursor(List.of(plain.split("\\.")).stream()
                                .map(Long::valueOf)
                                .toList()))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * What became of a note.
     *
     * @param note as it stands; empty when the reader sees it no more
     */
    record Change(String id, long version, Optional<NoteList.Item> note) {}

    /**
     * Some changes.
     *
     * @param next where the next reading continues
     * @param more whether there are more already
     */
    record Changes(List<Change> items, Cursor next, boolean more) {}

    private record Placed(Change change, int partition, long position) {}

    static Changes after(Sql sql, String organization, String person, Cursor cursor, int limit) {
        var values = new ArrayList<Object>();
        for (long position : cursor.positions()) {
            values.addAll(Visibility.values(person));
            values.addAll(Visibility.values(organization, person));
            Collections.addAll(values, position, limit + 1);
        }
        List<Placed> found = new ArrayList<>(sql.query(
                OF_ALL,
                row -> new Placed(
                        change(NoteList.item(row), row.truth(29)),
                        PartitionId.parse(row.text(27)).number(),
                        row.number(28)),
                values.toArray()));
        found.sort(Comparator.comparingInt(Placed::partition).thenComparingLong(Placed::position));
        List<Placed> taken = found.subList(0, Math.min(limit, found.size()));
        var positions = new ArrayList<>(cursor.positions());
        taken.forEach(it -> positions.set(it.partition(), it.position()));
        return new Changes(
                taken.stream().map(Placed::change).toList(), new Cursor(positions), found.size() > taken.size());
    }

    private static Change change(NoteList.Item note, boolean seen) {
        return new Change(
                note.id(),
                note.version(),
                seen && note.state() == NoteList.State.KEPT ? Optional.of(note) : Optional.empty());
    }

    /** Behind everything that has happened so far. */
    static Cursor end(Sql sql, String organization) {
        var positions = new ArrayList<>(Cursor.START.positions());
        sql.query(
                "select part, max(position) from note where organization = ? group by part",
                row -> positions.set(PartitionId.parse(row.text(1)).number(), row.number(2)),
                organization);
        return new Cursor(positions);
    }
}
