package leat.kernel.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import leat.kernel.port.Journal;
import leat.kernel.port.Member;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.Write;

/**
 * This node's share of the partitions, when others work on the same journal: it says that it lives, looks who else does,
 * takes what should be its own and gives away what should not.
 *
 * <p>Everybody comes to the same shares by {@link Assignment}, so nobody has to agree with anybody. A partition is given
 * away by finishing what was submitted and then releasing its lease; that of a node that died is taken when it has run
 * out. A round is made at a third of a lease's length, and at once when another node rings.
 *
 * <p>Leases are granted by the clocks of those who ask: nodes whose clocks differ by more than a tenth of a lease's length
 * may take a partition early. Nothing is written twice for that, the epochs see to it; only a reading may be old.
 */
final class Ownership implements AutoCloseable {
    private static final Duration WHILE_WAITING = Duration.ofMillis(200);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

    private final Journal journal;
    private final Writer writer;
    private final Leases leases;
    private final NodeSettings settings;
    private final SortedMap<String, Integer> roles;
    private final Set<String> says;
    private final String address;
    private final Instant since;
    private final Doorbell doorbell;
    private final Faults faults;
    private final Opening opening;
    private final Map<PartitionId, Long> opened = new HashMap<>();
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean rung;
    private volatile List<Member> members = List.of();
    private volatile boolean superseded;

    /** What becomes possible when a partition is ours, and impossible when it is not. */
    interface Opening {
        void open(PartitionId partition, long epoch);

        void shut(PartitionId partition);

        /** Called after some were opened. */
        void settled();
    }

    /**
     * @param roles what this node can own: the name, and the number of its partitions
     * @param says what it says of itself, roles and all
     */
    Ownership(
            Journal journal,
            Writer writer,
            Leases leases,
            NodeSettings settings,
            SortedMap<String, Integer> roles,
            Set<String> says,
            String address,
            Instant since,
            Doorbell doorbell,
            Faults faults,
            Opening opening) {
        this.journal = journal;
        this.writer = writer;
        this.leases = leases;
        this.settings = settings;
        this.roles = new TreeMap<>(roles);
        this.says = Set.copyOf(says);
        this.address = address;
        this.since = since;
        this.doorbell = doorbell;
        this.faults = faults;
        this.opening = opening;
        this.thread = Thread.ofPlatform().name("leat-ownership").daemon().unstarted(this::run);
    }

    /**
     * Joins the other nodes, before there is anything to own; the answer has this node's number.
     *
     * @throws JoinException when they do not let it
     */
    static Member join(Writer writer, NodeSettings settings, Set<String> says, String address, Instant since) {
        Outcome outcome = writer.write(new Write.Join(
                settings.owner(),
                new TreeSet<>(says),
                address,
                since,
                settings.clock().instant(),
                settings.times().partitionLease()));
        return switch (outcome) {
            case Outcome.Joined(Member member) -> member;
            case Outcome.Fenced(String reason) ->
                throw new JoinException("This node cannot join the others: " + reason + ".");
            default -> throw new IllegalStateException("joining cannot end as " + outcome);
        };
    }

    /** Takes a first share, and tells the others. */
    void start() {
        round();
        doorbell.owners();
        thread.start();
    }

    /** Something may have changed hands. */
    void ring() {
        rung = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        Duration usual = settings.times().partitionLease().dividedBy(3);
        boolean waiting = false;
        while (open) {
            if (!rung) {
                LockSupport.parkNanos(this, (waiting ? WHILE_WAITING : usual).toNanos());
            }
            if (!open) {
                return;
            }
            rung = false;
            try {
                waiting = round();
            } catch (RuntimeException fault) {
                if (open) {
                    faults.report("owning partitions", fault, "");
                }
                waiting = true;
            }
            LockSupport.parkNanos(this, SHORTEST_PAUSE.toNanos());
        }
    }

    /** Whether a partition that should be ours is not yet. */
    private boolean round() {
        try {
            join(writer, settings, says, address, since);
            superseded = false;
        } catch (JoinException refused) {
            superseded = true;
            throw refused;
        }
        Instant now = settings.clock().instant();
        members = journal.members();
        Set<PartitionId> share =
                share(members.stream().filter(member -> member.lives(now)).toList());
        List<PartitionId> surplus =
                leases.held().stream().filter(mine -> !share.contains(mine)).toList();
        if (!surplus.isEmpty()) {
            surplus.forEach(this::shut);
            leases.release(surplus, writer);
            doorbell.owners();
        }
        leases.acquire(share, writer);
        reconcile();
        return !opened.keySet().containsAll(share);
    }

    private Set<PartitionId> share(List<Member> living) {
        Set<PartitionId> share = new TreeSet<>();
        roles.forEach((role, count) -> {
            Set<String> able = living.stream()
                    .filter(member -> member.roles().contains(role))
                    .map(Member::node)
                    .collect(Collectors.toSet());
            List<PartitionId> partitions = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                partitions.add(new PartitionId(role, number));
            }
            Assignment.owners(able, partitions).forEach((partition, node) -> {
                if (node.equals(settings.owner())) {
                    share.add(partition);
                }
            });
        });
        return share;
    }

    /** Opens what has become ours and shuts what is ours no longer, however it came about. */
    private void reconcile() {
        for (PartitionId partition : List.copyOf(opened.keySet())) {
            if (!leases.ours(partition)) {
                shut(partition);
            }
        }
        boolean news = false;
        for (PartitionId partition : leases.held()) {
            long epoch = leases.epoch(partition);
            Long before = opened.get(partition);
            if (epoch == Leases.NOT_OURS || (before != null && before == epoch)) {
                continue;
            }
            shut(partition);
            opening.open(partition, epoch);
            opened.put(partition, epoch);
            news = true;
        }
        if (news) {
            opening.settled();
        }
    }

    private void shut(PartitionId partition) {
        if (opened.remove(partition) != null) {
            opening.shut(partition);
        }
    }

    /** The nodes that were seen at the last look, dead ones too. */
    List<Member> members() {
        return members;
    }

    /** Whether another process has this node's name. */
    boolean superseded() {
        return superseded;
    }

    /** Gives everything away, so that the others need not wait for a lease to end. */
    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List.copyOf(opened.keySet()).forEach(this::shut);
        try {
            writer.write(
                    new Write.Leave(settings.owner(), since, settings.clock().instant()));
            leases.release(leases.held(), writer);
            doorbell.owners();
        } catch (RuntimeException fault) {
            // They run out by themselves; a store that fails must not keep the process from ending.
            faults.report("giving the leases back", fault, "");
        }
    }
}
