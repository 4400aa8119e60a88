package leat.engine.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.Sql;
import leat.kernel.test.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether its events are late, sorted, or partly so, a journal reads the same. */
class LateTest {
    private static final PartitionId NOTES = new PartitionId("notes", 0);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private final Map<StreamId, Long> versions = new HashMap<>();
    private long ids;

    private EmbeddedEngine open() {
        return EmbeddedEngine.open(folder, EmbeddedSettings.DEFAULT);
    }

    private Write.Append append(StreamId stream, Instant at, int events, int bytes) {
        List<Write.NewEvent> written = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            written.add(new Write.NewEvent("note.written", 1, new byte[bytes]));
        }
        long version = versions.merge(stream, (long) events, Long::sum) - events;
        return new Write.Append(
                NOTES,
                0,
                stream,
                version,
                new UUID(0x0190_0000_0000_7000L, ++ids),
                "request-1",
                "user:ada",
                at,
                written,
                List.of(),
                List.of());
    }

    private static StreamId note(int number) {
        return new StreamId("note", "n" + number);
    }

    private static void commit(Journal journal, List<Write> group) {
        assertThat(journal.commit(group)).allMatch(outcome -> outcome instanceof Outcome.Appended);
    }

    /** Groups of single events over ten entities, until there are so many. */
    private void fill(Journal journal, int events) {
        for (int i = 0; i < events; i += 8) {
            List<Write> group = new ArrayList<>();
            for (int j = i; j < Math.min(events, i + 8); j++) {
                group.add(append(note(j % 10), NOON, 1, 20));
            }
            commit(journal, group);
        }
    }

    private long number(String sql) {
        try (Sql reader = Sqlite.reader(folder.resolve("journal.db"), EmbeddedSettings.DEFAULT)) {
            return reader.number(sql);
        }
    }

    private void allIsThere(Journal journal) {
        long head = versions.values().stream().mapToLong(Long::longValue).sum();
        assertThat(journal.heads()).isEqualTo(Map.of(NOTES, head));
        for (int limit : new int[] {1_000_000, 7}) {
            assertThat(positions(journal, limit))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, head).boxed().toList());
        }
        versions.forEach((stream, version) -> assertThat(journal.stream(stream, 0, 1_000_000))
                .allMatch(event -> event.stream().equals(stream))
                .extracting(StoredEvent::version)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, version).boxed().toList()));
    }

    private static List<Long> positions(Journal journal, int limit) {
        List<Long> positions = new ArrayList<>();
        while (true) {
            long after = positions.isEmpty() ? 0 : positions.getLast();
            List<StoredEvent> events = journal.partition(NOTES, after, limit);
            if (events.isEmpty()) {
                return positions;
            }
            assertThat(events).hasSizeLessThanOrEqualTo(limit);
            events.forEach(event -> positions.add(event.position()));
        }
    }

    @Test
    void a_journal_with_late_events_reads_the_same_after_opening_it_again() {
        for (int more : new int[] {100, Transaction.SORT_EVENTS, 1, 700}) {
            try (EmbeddedEngine engine = open()) {
                fill(engine.journal(), more);
                allIsThere(engine.journal());
            }
            assertThat(number("select count(*) from late")).isPositive();
            try (EmbeddedEngine engine = open()) {
                allIsThere(engine.journal());
                assertThat(engine.journal().command(new UUID(0x0190_0000_0000_7000L, ids)))
                        .map(Outcome.Duplicate::position)
                        .contains(ids);
            }
        }
        assertThat(number("select count(*) from segment")).isPositive();
    }

    @Test
    void late_events_are_sorted_when_they_are_many_or_large() {
        try (EmbeddedEngine engine = open()) {
            fill(engine.journal(), Transaction.SORT_EVENTS - 8);
            assertThat(number("select count(*) from segment")).isZero();
            fill(engine.journal(), 8);
            assertThat(number("select count(*) from segment")).isEqualTo(Transaction.SORT_EVENTS / Segments.MAX_EVENTS);
            assertThat(number("select count(*) from late")).isZero();
            commit(engine.journal(), List.of(append(note(0), NOON, 1, Transaction.SORT_BYTES / 2)));
            assertThat(number("select count(*) from late")).isEqualTo(1);
            commit(engine.journal(), List.of(append(note(1), NOON, 1, Transaction.SORT_BYTES / 2)));
            assertThat(number("select count(*) from late")).isZero();
            assertThat(number("select count(*) from segment"))
                    .isEqualTo(Transaction.SORT_EVENTS / Segments.MAX_EVENTS + 2);
            allIsThere(engine.journal());
        }
    }

    @Test
    void a_reader_misses_nothing_and_sees_nothing_twice_while_events_are_sorted() throws Exception {
        Seed.replayable(random -> {
            Path own = folder.resolve("seeded-" + random.nextLong());
            try (EmbeddedEngine engine = EmbeddedEngine.open(own, EmbeddedSettings.DEFAULT);
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                versions.clear();
                AtomicBoolean writing = new AtomicBoolean(true);
                List<Future<Long>> readers = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    long seed = random.nextLong();
                    readers.add(threads.submit(() -> read(engine.journal(), new Random(seed), writing)));
                }
                long head = 0;
                try {
                    while (head < 5L * Transaction.SORT_EVENTS) {
                        List<Write> group = new ArrayList<>();
                        for (int i = random.nextInt(100); i >= 0; i--) {
                            int events = 1 + random.nextInt(3);
                            group.add(append(note(random.nextInt(5)), NOON, events, random.nextInt(50)));
                            head += events;
                        }
                        commit(engine.journal(), group);
                    }
                } finally {
                    writing.set(false);
                }
                for (Future<Long> reader : readers) {
                    assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(head);
                }
                allIsThere(engine.journal());
            }
        });
    }

    @Test
    void the_tables_end_for_a_reader_where_its_late_events_began_though_they_are_sorted_now() {
        try (EmbeddedEngine engine = open()) {
            fill(engine.journal(), Transaction.SORT_EVENTS);
            try (Sql sql = Sqlite.reader(folder.resolve("journal.db"), EmbeddedSettings.DEFAULT)) {
                Segments.Names names = new Segments.Names(sql, new Words(), new HashMap<>());
                int number = (int) sql.number("select id from partition");
                for (long end : new long[] {1, 2, 40, 64, 65}) {
                    assertThat(Segments.partition(sql, names, number, 0, end, 1_000))
                            .hasSize((int) end - 1);
                    assertThat(Segments.stream(sql, names, note(3), 0, end, 1_000))
                            .hasSize((int) end - 1);
                }
            }
        }
    }

    /** Reads on from where it was, and now and then back, until the writer has ended; returns the last position. */
    private static long read(Journal journal, Random random, AtomicBoolean writing) {
        long seen = 0;
        while (true) {
            boolean last = !writing.get();
            long known = journal.heads().getOrDefault(NOTES, 0L);
            long after = Math.max(0, seen - random.nextInt(200));
            List<StoredEvent> events = journal.partition(NOTES, after, 1_000_000);
            dense(events.stream().map(StoredEvent::position).toList(), after);
            seen = after + events.size();
            assertThat(seen).isGreaterThanOrEqualTo(known);
            if (!events.isEmpty()) {
                StoredEvent one = events.get(random.nextInt(events.size()));
                long back = Math.max(0, one.version() - 1 - random.nextInt(100));
                List<StoredEvent> stream = journal.stream(one.stream(), back, 1 + random.nextInt(3_000));
                dense(stream.stream().map(StoredEvent::version).toList(), back);
                assertThat(journal.command(one.commandId())).isPresent();
            }
            if (last) {
                return seen;
            }
        }
    }

    private static void dense(List<Long> numbers, long after) {
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(after + i + 1);
        }
    }

    @Test
    void a_command_is_done_once_whether_its_event_is_late_or_sorted() {
        try (EmbeddedEngine engine = open()) {
            Write.Append first = append(note(0), NOON, 2, 10);
            commit(engine.journal(), List.of(first));
            Outcome known = new Outcome.Duplicate(note(0), 2, 2);
            assertThat(engine.journal().commit(List.of(first))).containsExactly(known);
            fill(engine.journal(), Transaction.SORT_EVENTS);
            assertThat(engine.journal().commit(List.of(first, first))).containsExactly(known, known);
        }
    }

    @Test
    void old_commands_are_forgotten_part_by_part() {
        int commands = 3 * Commands.WALK;
        try (EmbeddedEngine engine = open()) {
            List<Write> group = new ArrayList<>();
            for (int i = 0; i < commands; i++) {
                group.add(append(note(0), NOON, 0, 0));
            }
            commit(engine.journal(), group);
            engine.journal().commit(List.of(new Write.ExpireCommands(NOON.plusSeconds(1))));
            assertThat(number("select count(*) from command")).isEqualTo(2L * Commands.WALK);
            for (int i = 0; i < 3; i++) {
                List<Write> late = new ArrayList<>();
                for (int j = 0; j < Transaction.SORT_EVENTS; j++) {
                    late.add(append(note(1), NOON.plus(Duration.ofMinutes(1)), 1, 10));
                }
                commit(engine.journal(), late);
            }
            assertThat(number("select count(*) from command")).isEqualTo(3L * Transaction.SORT_EVENTS);
        }
    }

    @Test
    void packed_events_that_were_changed_on_disk_are_told_as_damage() {
        try (EmbeddedEngine engine = open()) {
            fill(engine.journal(), Transaction.SORT_EVENTS);
            try (Sql other = Sqlite.writer(folder.resolve("journal.db"), "full", EmbeddedSettings.DEFAULT)) {
                other.execute("update segment set events = cast(replace(cast(events as text), 'ada', 'eve') as blob)"
                        + " where place = (select min(place) from segment)");
            }
            assertThatThrownBy(() -> engine.journal().partition(NOTES, 0, 100))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining("backup");
        }
    }

    @Test
    void every_value_survives_packing() throws Exception {
        Seed.replayable(random -> {
            List<StoredEvent> events = new ArrayList<>();
            List<byte[]> packed = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                byte[] payload = new byte[random.nextInt(300)];
                random.nextBytes(payload);
                StoredEvent event = new StoredEvent(
                        new PartitionId("notes", random.nextInt(16)),
                        random.nextLong() >>> (24 + random.nextInt(40)),
                        new StreamId("note", "ž".repeat(random.nextInt(200))),
                        random.nextLong() >>> (1 + random.nextInt(63)),
                        "type-" + random.nextInt(Integer.MAX_VALUE),
                        random.nextInt(Integer.MAX_VALUE),
                        payload,
                        Instant.ofEpochMilli(random.nextLong() >> random.nextInt(64)),
                        new UUID(random.nextLong(), random.nextLong()),
                        "c".repeat(random.nextInt(200)),
                        "user:" + random.nextInt());
                events.add(event);
                int type = Integer.parseInt(event.type().substring(5));
                packed.add(Packing.pack(event.partition().number(), type, event));
            }
            Packing.Unpacking unpacking = Packing.unpack(Packing.join(packed), new Packing.Names() {
                @Override
                public PartitionId partition(int number) {
                    return new PartitionId("notes", number);
                }

                @Override
                public String type(int number) {
                    return "type-" + number;
                }
            });
            assertThat(unpacking.count()).isEqualTo(200);
            List<StoredEvent> back = new ArrayList<>();
            while (unpacking.hasNext()) {
                back.add(unpacking.next());
            }
            assertThat(back).usingRecursiveComparison().isEqualTo(events);
            long[] places = random.longs(100).toArray();
            assertThat(Packing.places(Packing.places(places))).isEqualTo(places);
            assertThat(new String(Packing.places(new long[0]), UTF_8)).isEmpty();
        });
    }
}
