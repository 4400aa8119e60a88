package leat.benchmarks;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.Personal;
import leat.kernel.Reader;
import leat.kernel.Subject;
import leat.kernel.View;
import leat.kernel.Wire;
import leat.kernel.port.Engine;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;

/**
 * What it costs to store texts under the keys of their writers: the same commands with and without, in turns, on the same
 * disk; and what it costs to read them all again and to forget somebody.
 */
final class PersonalBench {
    private static final int ENTITIES = 64;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final String TEXT = "A sentence that somebody wrote into a note, of usual length. ".repeat(16);

    private PersonalBench() {}

    record Write(String text) {}

    record Plain(int number, String text) {}

    record Sealed(int number, @Personal String text) {}

    /** Texts in streams: {@code plain}, as they are; {@code sealed}, under a key. */
    private static final class Texts implements Module {
        private Entities<Write, Plain, Integer> plain = none();
        private Entities<Write, Sealed, Integer> sealed = none();
        private final List<Reader> views = new ArrayList<>();

        private static <E> Entities<Write, E, Integer> none() {
            return new Entities<>() {
                @Override
                public leat.kernel.Answer<Integer> tell(String id, Write command, Envelope envelope) {
                    throw new IllegalStateException("not mounted");
                }

                @Override
                public leat.kernel.Answer<Integer> tell(String id, long version, Write command, Envelope envelope) {
                    throw new IllegalStateException("not mounted");
                }

                @Override
                public leat.kernel.Answer<Integer> get(String id) {
                    throw new IllegalStateException("not mounted");
                }

                @Override
                public List<leat.kernel.Recorded<E>> history(String id, long afterVersion, int limit) {
                    throw new IllegalStateException("not mounted");
                }

                @Override
                public Integer at(String id, long version) {
                    throw new IllegalStateException("not mounted");
                }
            };
        }

        @Override
        public String name() {
            return "texts";
        }

        @Override
        public void define(Definition m) {
            plain = m.entity(EntityType.of(
                    "plain",
                    Decider.<Write, Plain, Integer>of(
                            0,
                            (command, count) -> Decision.accept(new Plain(count + 1, command.text())),
                            (count, event) -> event.number()),
                    Wire.of("text.plain", Plain.class)));
            sealed = m.entity(EntityType.of(
                    "sealed",
                    Decider.<Write, Sealed, Integer>of(
                            0,
                            (command, count) -> Decision.accept(new Sealed(count + 1, command.text())),
                            (count, event) -> event.number()),
                    Wire.of("text.sealed", Sealed.class).about(Subject.sender())));
            views.add(m.view(View.named("texts.plain", 1)
                    .tables("create table length (id text primary key, number integer not null)")
                    .on(Plain.class, (sql, it) -> keep(sql, it.id(), it.event().text()))));
            views.add(m.view(View.named("texts.sealed", 1)
                    .tables("create table length (id text primary key, number integer not null)")
                    .on(Sealed.class, (sql, it) -> keep(sql, it.id(), it.event().text()))));
        }

        private static void keep(leat.kernel.sql.Sql sql, String id, String text) {
            sql.execute(
                    "insert into length values (?, ?) on conflict (id) do update set number = excluded.number",
                    id,
                    text.length());
        }
    }

    static void run(Report report) throws Exception {
        try (Scratch scratch = Scratch.make();
                Engine engine = EmbeddedEngine.open(scratch.folder(), EmbeddedSettings.DEFAULT)) {
            var module = new Texts();
            try (Node node = Node.start(NodeSettings.defaults(), engine, List.of(module))) {
                var _ = rate(module.plain, WARM_UP);
                var _ = rate(module.sealed, WARM_UP);
                double plain = 0;
                double sealed = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    plain += rate(module.plain, MEASURED) / ROUNDS;
                    sealed += rate(module.sealed, MEASURED) / ROUNDS;
                }
                report.row("durable commands of 1 KB, in clear", Report.perSecond(plain), "");
                report.row(
                        "the same, under the writers' keys",
                        Report.perSecond(sealed) + ", " + Report.ratio(sealed / plain),
                        "≥ 0.80 ×");
                rebuilds(node, module, report);
                forget(engine, node, report);
            }
        }
    }

    private static <E> double rate(Entities<Write, E, Integer> entities, Duration time) throws Exception {
        var ids = new Ids(Clock.systemUTC(), 7);
        long end = System.nanoTime() + time.toNanos();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> work = IntStream.range(0, ENTITIES)
                    .<Callable<Long>>mapToObj(client -> () -> {
                        long done = 0;
                        while (System.nanoTime() < end) {
                            entities.tell(
                                    "e" + client,
                                    new Write(TEXT),
                                    new Envelope(ids.nextCommand(), "bench", "user:u" + client, Instant.now()));
                            done++;
                        }
                        return done;
                    })
                    .toList();
            long done = 0;
            for (Future<Long> client : clients.invokeAll(work)) {
                done += client.get();
            }
            return done * 1e9 / time.toNanos();
        }
    }

    private static void rebuilds(Node node, Texts module, Report report) throws Exception {
        node.catchUp(Duration.ofMinutes(1));
        for (String view : List.of("texts.plain", "texts.sealed")) {
            Entities<Write, ?, Integer> entities = view.equals("texts.plain") ? module.plain : module.sealed;
            long events = IntStream.range(0, ENTITIES)
                    .mapToLong(client -> entities.get("e" + client).version())
                    .sum();
            long begun = System.nanoTime();
            node.rebuildView(view);
            awaitBuilt(node, view);
            report.row(
                    "rebuild of a view of " + view.substring(6) + " texts",
                    Report.perSecond(events * 1e9 / (System.nanoTime() - begun)),
                    "");
        }
    }

    private static void awaitBuilt(Node node, String view) throws InterruptedException {
        boolean begun = false;
        while (true) {
            boolean under = node.status().views().stream()
                    .anyMatch(it -> it.name().equals(view) && it.rebuilt().isPresent());
            if (begun && !under) {
                return;
            }
            begun |= under;
            Thread.sleep(1);
        }
    }

    /** Until the view of all texts no longer knows the person's. */
    private static void forget(Engine engine, Node node, Report report) throws InterruptedException, IOException {
        long begun = System.nanoTime();
        engine.keys().forget("u0", Instant.now());
        awaitBuilt(node, "texts.sealed");
        report.row("somebody forgotten, views built anew", Report.millis((System.nanoTime() - begun) / 1e6), "");
    }
}
