package leat.benchmarks.pekko;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.jdbc.testkit.javadsl.SchemaUtils;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * The same load as Leat's on Pekko Persistence with its JDBC plugin: tills that take money in, one event a command, each
 * client sending its next command when the last one is durable. Nothing reads the events.
 *
 * <p>Arguments: JDBC address, user, file with the password, number of tills, seconds to warm up, seconds to measure. Prints
 * {@code rate <per second> p50 <ms> p99 <ms>}.
 */
public final class PekkoPeer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PekkoPeer() {}

    /** Money in, answered with the balance once it is durable. */
    record PayIn(String id, long amount, ActorRef<Long> replyTo) {}

    private static final class Till extends EventSourcedBehavior<PayIn, String, Long> {
        Till(String id) {
            super(PersistenceId.of("till", id));
        }

        @Override
        public Long emptyState() {
            return 0L;
        }

        @Override
        public CommandHandler<PayIn, String, Long> commandHandler() {
            return newCommandHandlerBuilder()
                    .forAnyState()
                    .onCommand(
                            PayIn.class,
                            (balance, command) -> Effect()
                                    .persist("{\"amount\":" + command.amount() + "}")
                                    .thenReply(command.replyTo(), after -> after))
                    .build();
        }

        @Override
        public EventHandler<Long, String> eventHandler() {
            return newEventHandlerBuilder().forAnyState().onAnyEvent((balance, event) -> balance + 1);
        }
    }

    /** Passes each command to its till, which it starts when it is first needed. */
    private static Behavior<PayIn> tills() {
        return Behaviors.setup(context -> {
            Map<String, ActorRef<PayIn>> tills = new HashMap<>();
            return Behaviors.receive(PayIn.class)
                    .onMessage(PayIn.class, command -> {
                        tills.computeIfAbsent(command.id(), id -> context.spawn(new Till(id), id))
                                .tell(command);
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    public static void main(String[] args) throws Exception {
        Map<String, Object> database = Map.of(
                "url",
                args[0],
                "user",
                args[1],
                "password",
                Files.readString(Path.of(args[2])).strip(),
                "driver",
                "org.postgresql.Driver");
        String db = "pekko-persistence-jdbc.shared-databases.slick.db.";
        Map<String, Object> settings = new HashMap<>();
        database.forEach((name, value) -> settings.put(db + name, value));
        settings.put("pekko-persistence-jdbc.shared-databases.slick.profile", "slick.jdbc.PostgresProfile$");
        settings.put("pekko.persistence.journal.plugin", "jdbc-journal");
        settings.put("pekko.persistence.snapshot-store.plugin", "jdbc-snapshot-store");
        settings.put("jdbc-journal.use-shared-db", "slick");
        settings.put("jdbc-snapshot-store.use-shared-db", "slick");
        settings.put("pekko.loglevel", "WARNING");
        settings.put("pekko.stdout-loglevel", "WARNING");
        ActorSystem<PayIn> system = ActorSystem.create(
                tills(), "peer", ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load()));
        SchemaUtils.createIfNotExists(system.classicSystem())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        int tills = Integer.parseInt(args[3]);
        long warmUp = Duration.ofSeconds(Long.parseLong(args[4])).toNanos();
        long measured = Duration.ofSeconds(Long.parseLong(args[5])).toNanos();
        long from = System.nanoTime() + warmUp;
        long end = from + measured;
        List<Callable<long[]>> clients = new ArrayList<>();
        for (int n = 0; n < tills; n++) {
            String id = "till-" + n;
            clients.add(() -> client(system, id, from, end));
        }
        List<Long> all = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<long[]> client : pool.invokeAll(clients)) {
                Arrays.stream(client.get()).forEach(all::add);
            }
        }
        all.sort(null);
        System.out.println(String.format(
                Locale.ROOT,
                "rate %.0f p50 %.2f p99 %.2f",
                all.size() / (measured / 1e9),
                all.get(all.size() / 2) / 1e6,
                all.get((int) (all.size() * 0.99)) / 1e6));
        system.terminate();
    }

    private static long[] client(ActorSystem<PayIn> system, String id, long from, long end) {
        long[] nanos = new long[1 << 16];
        int count = 0;
        while (true) {
            long begun = System.nanoTime();
            if (begun > end) {
                return Arrays.copyOf(nanos, count);
            }
            var _ = AskPattern.<PayIn, Long>ask(
                            system, replyTo -> new PayIn(id, 1, replyTo), PATIENCE, system.scheduler())
                    .toCompletableFuture()
                    .join();
            if (begun > from && count < nanos.length) {
                nanos[count++] = System.nanoTime() - begun;
            }
        }
    }
}
