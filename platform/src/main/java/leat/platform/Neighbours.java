package leat.platform;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.port.JournalException;
import leat.kernel.port.Member;
import leat.kernel.runtime.Outline;
import leat.web.Elsewhere;
import leat.web.FrontDoor;
import leat.web.Route;
import leat.web.RouteTable;
import leat.web.Routes;
import leat.web.ui.PageRoutes;
import leat.web.ui.Pages;

/**
 * The modules that this node does not host, and the nodes that do: what these modules would add here is known, though nothing
 * of them runs, so that their places stand in the navigation and their requests are passed on.
 *
 * <p>Who lives, and with which modules, is read from the journal once a second.
 */
final class Neighbours implements Elsewhere, AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Engine engine;
    private final Clock clock;
    private final String self;
    private final List<Distant> modules;
    private final AtomicInteger turns = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile RouteTable table = RouteTable.of(List.of());
    private volatile Map<Route, String> ownerOf = Map.of();
    private volatile Map<String, List<InetSocketAddress>> hosts = Map.of();

    /** A module of other nodes. */
    private record Distant(String name, Outline outline) {
        List<Route> routes(Pages pages) {
            return Stream.concat(
                            outline.added(Routes.class).stream().flatMap(added -> added.table().stream()),
                            outline.added(PageRoutes.class).stream().flatMap(added -> added.table(pages).stream()))
                    .toList();
        }
    }

    private Neighbours(Engine engine, Clock clock, String self, List<Distant> modules) {
        this.engine = engine;
        this.clock = clock;
        this.self = self;
        this.modules = modules;
    }

    /** @param self this node's name, to which nothing is passed on */
    static Neighbours of(Engine engine, Clock clock, String self, List<Module> modules) {
        return new Neighbours(
                engine,
                clock,
                self,
                modules.stream()
                        .map(module -> new Distant(module.name(), Outline.of(engine, module)))
                        .toList());
    }

    /** Everything of a kind that they would add. */
    <T> List<T> added(Class<T> kind) {
        return modules.stream()
                .flatMap(module -> module.outline.added(kind).stream())
                .toList();
    }

    /**
     * Learns which paths are theirs, and gives their routes, which are for knowing and never for answering.
     *
     * @param ours what is answered here
     */
    List<Route> learn(Pages pages, List<Route> ours) {
        var all = new ArrayList<>(ours);
        var owners = new HashMap<Route, String>();
        var theirs = new ArrayList<Route>();
        for (Distant module : modules) {
            for (Route route : module.routes(pages)) {
                owners.put(route, module.name);
                theirs.add(route);
            }
        }
        all.addAll(theirs);
        table = RouteTable.of(all);
        ownerOf = Map.copyOf(owners);
        return theirs;
    }

    void start() {
        look();
        Thread.ofVirtual().name("leat-neighbours").start(() -> {
            try {
                while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** While the journal is away, those that were known stay known. */
    private void look() {
        try {
            Instant now = clock.instant();
            var living = engine.journal().members().stream()
                    .filter(member -> member.lives(now) && !member.node().equals(self))
                    .toList();
            var found = new HashMap<String, List<InetSocketAddress>>();
            for (Distant module : modules) {
                found.put(
                        module.name,
                        living.stream()
                                .filter(member -> member.roles().contains(module.name))
                                .flatMap(member -> address(member).stream())
                                .toList());
            }
            hosts = Map.copyOf(found);
        } catch (JournalException away) {
            System.getLogger("leat.platform").log(System.Logger.Level.DEBUG, "cannot see who lives", away);
        }
    }

    private static Optional<InetSocketAddress> address(Member member) {
        int colon = member.address().lastIndexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(InetSocketAddress.createUnresolved(
                        member.address().substring(0, colon),
                        Integer.parseInt(member.address().substring(colon + 1))));
    }

    @Override
    public Optional<List<InetSocketAddress>> serving(String host, String path) {
        return owner(host, path).map(module -> inTurn(hosts.getOrDefault(module, List.of())));
    }

    private Optional<String> owner(String host, String path) {
        for (Distant module : modules) {
            if (module.outline.added(FrontDoor.class).stream().anyMatch(door -> door.takes(host, path))) {
                return Optional.of(module.name);
            }
        }
        return table.at(path).flatMap(route -> Optional.ofNullable(ownerOf.get(route)));
    }

    private List<InetSocketAddress> inTurn(List<InetSocketAddress> servers) {
        if (servers.size() < 2) {
            return servers;
        }
        int turn = turns.getAndIncrement();
        var order = new ArrayList<InetSocketAddress>(servers.size());
        for (int i = 0; i < servers.size(); i++) {
            order.add(servers.get(Math.floorMod(turn + i, servers.size())));
        }
        return order;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
