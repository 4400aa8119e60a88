package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Recorded;
import leat.kernel.port.Engine;
import leat.kernel.port.Kept;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.Diary.Command;
import leat.kernel.test.Diary.DiaryModule;
import leat.kernel.test.Diary.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What modules may rely on when a person is forgotten, whatever the engine; tried on the module {@link Diary}. */
public abstract class PersonContract extends EngineContract {
    private static final String SECRET = "xylophone";

    private final Ids ids = new Ids(Clock.systemUTC(), 7);

    @SuppressWarnings("NullAway.Init") // set before each test
    private DiaryModule module;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Node node;

    protected PersonContract() {}

    @BeforeEach
    final void startNode() {
        start(engine, new DiaryModule());
    }

    @AfterEach
    final void stopNode() {
        node.close();
    }

    private void start(Engine on, DiaryModule mounted) {
        module = mounted;
        node = Node.start(NodeSettings.defaults(), on, List.of(mounted));
    }

    private void restart() throws Exception {
        node.close();
        reopen();
        start(engine, new DiaryModule());
    }

    private void tell(String id, String person, Command command) {
        module.diaries()
                .tell(
                        id,
                        command,
                        new Envelope(ids.nextCommand(), "request-1", "user:" + person + "/session:1", Instant.now()));
    }

    /** A diary of Ada's, in which Bob wrote the second of three lines. */
    private void written() {
        tell("d", "ada", new Command.Begin("ada"));
        tell("d", "ada", new Command.Write(SECRET + " one"));
        tell("d", "bob", new Command.Write("bob's line"));
        tell("d", "ada", new Command.Write(SECRET + " three"));
    }

    private List<Line> told(String id) {
        return module.diaries().history(id, 0, 1_000).stream()
                .map(Recorded::event)
                .filter(Diary.Event.Wrote.class::isInstance)
                .map(event -> ((Diary.Event.Wrote) event).line())
                .toList();
    }

    private List<String> shown() {
        return module.lines().read(sql -> sql.query("select text from line order by number", row -> row.text(1)));
    }

    private boolean keyIsGone(String person) {
        return engine.keys().find(person).filter(key -> key.wrapped().isEmpty()).isPresent();
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within the time").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private List<String> payloads() {
        var payloads = new java.util.ArrayList<String>();
        engine.journal().export(kept -> {
            if (kept instanceof Kept.Event(StoredEvent event)) {
                payloads.add(new String(event.payload(), UTF_8));
            }
        });
        return payloads;
    }

    @Test
    public void what_is_personal_is_never_stored_in_clear_and_reads_as_it_was_written() throws Exception {
        written();

        assertThat(payloads()).hasSize(4).noneMatch(payload -> payload.contains(SECRET) || payload.contains("bob's"));
        restart();
        assertThat(told("d")).extracting(Line::text).containsExactly(SECRET + " one", "bob's line", SECRET + " three");
        assertThat(told("d").getFirst().mood()).hasValue("mood of " + SECRET + " one");
        eventually(() -> shown().equals(List.of(SECRET + " one", "bob's line", SECRET + " three")));
    }

    @Test
    public void who_is_forgotten_leaves_empty_values_and_others_keep_theirs() throws Exception {
        written();
        tell("e", "ada", new Command.Begin("bob"));
        tell("e", "ada", new Command.Write(SECRET));
        tell("d", "ada", new Command.Burn());

        eventually(() -> keyIsGone("ada"));
        eventually(() -> told("d").getFirst().text().isEmpty());
        assertThat(told("d").getFirst()).isEqualTo(new Line("", Optional.empty(), List.of(), SECRET.length() + 4));
        assertThat(told("d").get(1).text()).isEqualTo("bob's line");
        assertThat(((Diary.Begun) module.diaries().get("e").state()).lines())
                .extracting(Line::text)
                .containsExactly("");
        eventually(() -> shown().stream().noneMatch(text -> text.contains(SECRET)));
        assertThat(shown()).contains("bob's line").hasSize(4);
    }

    @Test
    public void a_restart_and_a_full_replay_show_the_same() throws Exception {
        written();
        tell("d", "ada", new Command.Burn());
        eventually(() -> keyIsGone("ada"));
        eventually(() -> shown().equals(List.of("", "bob's line", "")));
        List<Line> before = told("d");

        restart();
        assertThat(told("d")).isEqualTo(before);
        eventually(() -> shown().equals(List.of("", "bob's line", "")));
        assertThat(node.rebuildView("diaries.lines")).isTrue();
        eventually(() -> shown().equals(List.of("", "bob's line", "")));
    }

    @Test
    public void snapshots_hold_nothing_in_clear_and_are_of_no_use_afterwards() throws Exception {
        tell("d", "bob", new Command.Begin("ada"));
        for (int i = 0; i < 25; i++) {
            tell("d", "ada", new Command.Write(SECRET + " " + i));
        }
        StreamId stream = new StreamId("diary", "d");
        eventually(() -> engine.journal().snapshot(stream).isPresent());
        assertThat(new String(engine.journal().snapshot(stream).orElseThrow().state(), UTF_8))
                .doesNotContain(SECRET);
        restart();
        assertThat(((Diary.Begun) module.diaries().get("d").state()).lines())
                .hasSize(25)
                .last()
                .extracting(Line::text)
                .isEqualTo(SECRET + " 24");

        engine.keys().forget("ada", Instant.now());
        restart();
        assertThat(((Diary.Begun) module.diaries().get("d").state()).lines())
                .hasSize(25)
                .allMatch(line -> line.text().isEmpty());
        eventually(() -> !shown().isEmpty() && shown().stream().allMatch(String::isEmpty));
    }

    @Test
    public void a_process_that_dies_in_the_midst_ends_in_forgotten() throws Exception {
        written();
        node.close();
        start(engine, new DiaryModule(Integer.MAX_VALUE));
        tell("d", "ada", new Command.Burn());
        node.close();
        reopen();
        assertThat(keyIsGone("ada")).isFalse();

        start(engine, new DiaryModule());
        eventually(() -> keyIsGone("ada"));
        eventually(() -> shown().equals(List.of("", "bob's line", "")));
    }

    @Test
    public void a_process_that_died_right_after_the_key_was_destroyed_shows_nothing_when_it_comes_back()
            throws Exception {
        written();
        eventually(() -> shown().size() == 3);
        node.close();
        engine.keys().forget("ada", Instant.now());
        reopen();

        start(engine, new DiaryModule());
        assertThat(told("d")).extracting(Line::text).containsExactly("", "bob's line", "");
        eventually(() -> shown().equals(List.of("", "bob's line", "")));
    }

    @Test
    public void another_node_that_forgot_somebody_is_noticed() throws Exception {
        written();
        eventually(() -> shown().size() == 3);
        engine.keys().forget("ada", Instant.now());

        eventually(() -> told("d").getFirst().text().isEmpty());
        eventually(() -> shown().equals(List.of("", "bob's line", "")));
    }

    @Test
    public void what_somebody_says_who_was_forgotten_already_is_stored_without_what_is_personal() throws Exception {
        written();
        engine.keys().forget("ada", Instant.now());
        restart();
        tell("d", "ada", new Command.Write(SECRET));

        assertThat(((Diary.Begun) module.diaries().get("d").state())
                        .lines()
                        .getLast()
                        .text())
                .isEmpty();
        assertThat(told("d").getLast().text()).isEmpty();
        assertThat(payloads()).noneMatch(payload -> payload.contains(SECRET));
    }

    @Test
    public void what_was_stored_before_it_was_personal_is_read_as_it_is() {
        node.close();
        append("old", 0, "diary.opened", "{\"owner\":\"ada\"}");
        append("old", 1, "diary.wrote", """
                {"number":1,"line":{"text":"in clear","mood":null,"words":["in"],"length":8}}""");
        start(engine, new DiaryModule());

        assertThat(told("old")).containsExactly(new Line("in clear", Optional.empty(), List.of("in"), 8));
    }

    @Test
    public void a_box_that_was_moved_or_changed_fails_loudly() {
        written();
        String payload = payloads().get(1);
        node.close();
        append("other", 0, "diary.opened", "{\"owner\":\"ada\"}");
        append("other", 1, "diary.wrote", payload);
        start(engine, new DiaryModule());

        assertThatThrownBy(() -> told("other"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other");
        assertThat(told("d")).hasSize(3);
    }

    /** By the node that has just ended, whose epochs are over. */
    private void append(String id, long version, String type, String payload) {
        StreamId stream = new StreamId("diary", id);
        PartitionId partition = PartitionId.of("diaries", stream);
        Outcome leased = engine.journal()
                .commit(List.of(new Write.AcquireLease(partition, "node-0", Instant.now(), Duration.ofSeconds(1))))
                .getFirst();
        Outcome outcome = engine.journal()
                .commit(List.of(new Write.Append(
                        partition,
                        ((Outcome.Leased) leased).lease().epoch(),
                        stream,
                        version,
                        UUID.randomUUID(),
                        "request-1",
                        "user:ada",
                        Instant.now(),
                        List.of(new Write.NewEvent(type, 1, payload.getBytes(UTF_8))),
                        List.of(),
                        List.of())))
                .getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Appended.class);
    }
}
