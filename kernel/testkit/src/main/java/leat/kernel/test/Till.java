package leat.kernel.test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import leat.kernel.Ask;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.EntityType;
import leat.kernel.Module;
import leat.kernel.Process;
import leat.kernel.Reaction;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.kernel.TaskPolicy;
import leat.kernel.View;
import leat.kernel.Wire;

/**
 * A module for testing engines and the runtime, with one of everything: a till has a name, takes money in and pays it
 * out; what is transferred arrives in another till; every large payment prints a receipt.
 */
public sealed interface Till {
    record Closed() implements Till {}

    record Open(String name, long balance) implements Till {}

    sealed interface Command {
        record Start(String name) implements Command {}

        record Rename(String name) implements Command {}

        record PayIn(long amount) implements Command {}

        record PayOut(long amount) implements Command {}

        /** Takes from this till and, by a process, puts into another. */
        record Transfer(long amount, String to) implements Command {}
    }

    sealed interface Event {
        record Started(String name) implements Event {}

        record Renamed(String name) implements Event {}

        record PaidIn(long amount) implements Event {}

        record PaidOut(long amount) implements Event {}

        record Transferred(long amount, String to) implements Event {}
    }

    Decider<Command, Event, Till> DECIDER = Decider.of(new Closed(), Till::decide, Till::evolve);

    EntityType<Command, Event, Till> TYPE = EntityType.of(
                    "till",
                    DECIDER,
                    Wire.of("till.started", Event.Started.class),
                    Wire.of("till.renamed", Event.Renamed.class),
                    Wire.of("till.paid-in", Event.PaidIn.class),
                    Wire.of("till.paid-out", Event.PaidOut.class),
                    Wire.of("till.transferred", Event.Transferred.class))
            .commands(Command.class)
            .snapshots("1", 50, Wire.of("till.open", Open.class));

    static Decision<Event> decide(Command command, Till till) {
        return switch (till) {
            case Closed() ->
                switch (command) {
                    case Command.Start(String name) ->
                        Decision.<Event>accept(new Event.Started(name)).claim("till.name", name, taken(name));
                    case Command.Rename _, Command.PayIn _, Command.PayOut _, Command.Transfer _ ->
                        Decision.refuse(Refusal.Kind.ABSENT, "till.absent", "There is no such till; start it first.");
                };
            case Open(String name, long balance) ->
                switch (command) {
                    case Command.Start(String again) ->
                        again.equals(name)
                                ? Decision.alreadySo()
                                : Decision.refuse(Refusal.Kind.CONFLICT, "till.open", "The till is open already.");
                    case Command.Rename(String other) ->
                        other.equals(name)
                                ? Decision.alreadySo()
                                : Decision.<Event>accept(new Event.Renamed(other))
                                        .release("till.name", name)
                                        .claim("till.name", other, taken(other));
                    case Command.PayIn(long amount) -> Decision.accept(new Event.PaidIn(amount));
                    case Command.PayOut(long amount) ->
                        amount > balance ? tooLittle(balance) : Decision.accept(new Event.PaidOut(amount));
                    case Command.Transfer(long amount, String to) ->
                        amount > balance ? tooLittle(balance) : Decision.accept(new Event.Transferred(amount, to));
                };
        };
    }

    static Till evolve(Till till, Event event) {
        Open open = till instanceof Open present ? present : new Open("", 0);
        return switch (event) {
            case Event.Started(String name) -> new Open(name, 0);
            case Event.Renamed(String name) -> new Open(name, open.balance());
            case Event.PaidIn(long amount) -> new Open(open.name(), open.balance() + amount);
            case Event.PaidOut(long amount) -> new Open(open.name(), open.balance() - amount);
            case Event.Transferred(long amount, String _) -> new Open(open.name(), open.balance() - amount);
        };
    }

    private static Refusal taken(String name) {
        return Refusal.of(Refusal.Kind.CONFLICT, "till.name-taken", "Another till is called \"" + name + "\".");
    }

    private static Decision<Event> tooLittle(long balance) {
        return Decision.refuse(Refusal.Kind.CONFLICT, "till.too-little", "The till holds only " + balance + ".");
    }

    /** The sum over all tills. */
    record HowMuch() implements Ask<Long> {}

    /** Prints a receipt. */
    record Receipt(String till, long amount) {}

    /** The module; its folds and handlers can be made to fail from outside. */
    final class TillModule implements Module {
        /** An amount that the view cannot fold, until it is {@link #heal healed}. */
        public static final long POISON_FOR_VIEW = 666;

        /** An amount to which the process cannot react, until it is healed. */
        public static final long POISON_FOR_PROCESS = 667;

        /** Payments into a till from here on print a receipt. */
        public static final long LARGE = 10_000;

        private final AtomicInteger failuresPerReceipt;
        private volatile boolean healed;
        private final Map<String, Integer> printed = new ConcurrentHashMap<>();
        private final Map<String, Integer> tried = new ConcurrentHashMap<>();

        @SuppressWarnings("NullAway.Init") // set when the module is mounted
        private Entities<Command, Event, Till> tills;

        @SuppressWarnings("NullAway.Init") // set when the module is mounted
        private Reader balances;

        public TillModule() {
            this(0);
        }

        /** Each receipt fails so many times before it is printed. */
        public TillModule(int failuresPerReceipt) {
            this.failuresPerReceipt = new AtomicInteger(failuresPerReceipt);
        }

        public void heal() {
            healed = true;
            failuresPerReceipt.set(0);
        }

        public Entities<Command, Event, Till> tills() {
            return tills;
        }

        public Reader balances() {
            return balances;
        }

        /** How often a till's receipt was printed. */
        public int printed(String till) {
            return printed.getOrDefault(till, 0);
        }

        @Override
        public String name() {
            return "tills";
        }

        @Override
        public void define(Definition m) {
            tills = m.entity(TYPE);
            balances = m.view(view());
            m.process(process());
            m.task(
                    "tills.receipt",
                    TaskPolicy.DEFAULT.attempts(3).backoff(Duration.ofMillis(10), Duration.ofMillis(20)),
                    task -> {
                        Receipt receipt = task.payload(Receipt.class);
                        if (tried.merge(receipt.till(), 1, Integer::sum) <= failuresPerReceipt.get()) {
                            throw new IllegalStateException("out of paper");
                        }
                        printed.merge(receipt.till(), 1, Integer::sum);
                    });
            m.serves(HowMuch.class, ask -> balances.read(sql -> sql.number("select sum(amount) from balance")));
        }

        private View view() {
            return View.named("tills.balances", 1)
                    .tables("create table balance (id text primary key, name text not null, amount bigint not null)")
                    .on(
                            Event.Started.class,
                            (sql, it) -> sql.execute(
                                    "insert into balance (id, name, amount) values (?, ?, 0)",
                                    it.id(),
                                    it.event().name()))
                    .on(
                            Event.Renamed.class,
                            (sql, it) -> sql.execute(
                                    "update balance set name = ? where id = ?",
                                    it.event().name(),
                                    it.id()))
                    .on(Event.PaidIn.class, (sql, it) -> {
                        add(sql, it.id(), it.event().amount());
                        if (it.event().amount() == POISON_FOR_VIEW && !healed) {
                            throw new IllegalStateException("cannot fold " + POISON_FOR_VIEW);
                        }
                    })
                    .on(
                            Event.PaidOut.class,
                            (sql, it) -> add(sql, it.id(), -it.event().amount()))
                    .on(
                            Event.Transferred.class,
                            (sql, it) -> add(sql, it.id(), -it.event().amount()))
                    .announces(Event.PaidIn.class, it -> "tills." + it.id());
        }

        private static void add(leat.kernel.sql.Sql sql, String id, long amount) {
            sql.execute("update balance set amount = amount + ? where id = ?", amount, id);
        }

        private Process<Process.Nothing> process() {
            return Process.named("tills.transfers")
                    .on(
                            Event.Transferred.class,
                            it -> Reaction.<Process.Nothing>none()
                                    .tell(
                                            TYPE,
                                            it.event().to(),
                                            new Command.PayIn(it.event().amount())))
                    .on(Event.PaidIn.class, it -> {
                        if (it.event().amount() == POISON_FOR_PROCESS && !healed) {
                            throw new IllegalStateException("cannot react to " + POISON_FOR_PROCESS);
                        }
                        return it.event().amount() < LARGE
                                ? Reaction.none()
                                : Reaction.<Process.Nothing>none()
                                        .task(
                                                "tills.receipt",
                                                it.id(),
                                                new Receipt(it.id(), it.event().amount()),
                                                it.at());
                    });
        }
    }
}
