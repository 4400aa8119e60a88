package leat.platform.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import leat.kernel.port.MasterKey;
import leat.web.Balancer;
import leat.web.ServerSettings;

/**
 * {@code leat cluster}: PostgreSQL, NATS, an S3 server and three nodes with different modules on this machine, with a front
 * door, all private to this process and ended with it. For developers; it is no way to run Leat for others.
 *
 * <p>A node that ends is started again after ten seconds, which is time to watch the others take over.
 */
public final class Cluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final Duration REVIVAL = Duration.ofSeconds(10);

    private final Path folder;
    private final PrintStream out;
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile List<ClusterNode> nodes = List.of();
    private boolean closed;

    /**
     * @param port of the front door; 0 picks a free one
     * @param folder where everything is kept
     * @param s3 a file with the class path of the S3 server
     * @param modules that the nodes share between them
     */
    public record Plan(int port, Path folder, Path s3, List<String> modules) {
        public Plan {
            modules = List.copyOf(modules);
        }
    }

    private Cluster(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** Nothing runs yet; {@link #start} starts it, and closing ends what was started so far. */
    public static Cluster in(Path folder, PrintStream out) {
        return new Cluster(folder.toAbsolutePath().normalize(), out);
    }

    /**
     * Starts everything; returns when the front door answers, with its address.
     *
     * @throws IOException with a sentence, when something is not installed or does not start
     */
    public URI start(Plan plan) throws IOException {
        Files.createDirectories(folder);
        out.println("Starting PostgreSQL, NATS and S3 in " + folder + " …");
        PostgresServer postgres =
                started(PostgresServer.start(folder.resolve("postgres"), Ports.free()), PostgresServer::close);
        NatsServer nats = started(NatsServer.start(folder.resolve("nats.log"), Ports.free()), NatsServer::close);
        S3Server s3 = started(S3Server.start(plan.s3(), folder.resolve("s3"), Ports.free()), S3Server::close);
        row("PostgreSQL", postgres.url(), "user leat, password in " + postgres.passwordFile());
        row("NATS", nats.url(), "");
        row(
                "S3",
                s3.url(),
                "bucket " + S3Server.BUCKET + ", key " + S3Server.ACCESS_KEY + ", secret in " + s3.secretFile());

        Path key = folder.resolve("secret.key");
        if (!Files.exists(key)) {
            Secrets.write(key, Secrets.random());
        }
        List<ClusterNode> planned = new ArrayList<>();
        List<String> flags = new ArrayList<>(List.of(
                "--drain-delay=1",
                "--trusted-proxies=127.0.0.1",
                "--secret-key-file=" + key,
                "--postgres-url=" + postgres.url(),
                "--postgres-password-file=" + postgres.passwordFile(),
                "--nats-url=" + nats.url(),
                "--s3-endpoint=" + s3.url(),
                "--s3-bucket=" + S3Server.BUCKET,
                "--s3-path-style=true",
                "--s3-access-key=" + S3Server.ACCESS_KEY,
                "--s3-secret-key-file=" + s3.secretFile(),
                "--master-key-file=" + masterKey()));
        int door = plan.port() == 0 ? Ports.free() : plan.port();
        URI url = URI.create("http://localhost:" + door);
        flags.add("--base-url=" + url);
        for (int i = 0; i < NODES; i++) {
            String name = "node-" + (i + 1);
            planned.add(new ClusterNode(name, share(plan.modules(), i), Ports.free(), folder.resolve(name), flags));
        }
        nodes = List.copyOf(planned);
        Balancer balancer = started(balancer(door), Balancer::close);
        begin();
        while (!balancer.healths().stream().allMatch(Balancer.Health.READY::equals)) {
            Pauses.brief();
        }
        for (ClusterNode node : nodes) {
            row(
                    node.name(),
                    "http://127.0.0.1:" + node.address().getPort(),
                    String.join(", ", node.modules()) + "; process " + node.pid() + ", log in " + node.log());
        }
        Thread.ofPlatform().name("leat-cluster-watch").daemon().start(this::watch);
        return url;
    }

    private Path masterKey() throws IOException {
        Path file = folder.resolve("master-key");
        if (!Files.exists(file)) {
            Secrets.write(file, MasterKey.generate());
        }
        return file;
    }

    private Balancer balancer(int port) throws IOException {
        try {
            return Balancer.start(
                    ServerSettings.local(port),
                    nodes.stream().map(ClusterNode::address).toList());
        } catch (IllegalStateException e) {
            throw new IOException("Leat " + e.getMessage() + "; choose another port with --port.", e);
        }
    }

    /** The first alone, for it makes the tables; the others then together. */
    private void begin() throws IOException {
        out.println("Starting " + nodes.size() + " nodes …");
        for (ClusterNode node : nodes) {
            started(node, ClusterNode::end);
            node.begin();
            if (node.equals(nodes.getFirst())) {
                node.awaitReady();
            }
        }
        for (ClusterNode node : nodes) {
            node.awaitReady();
        }
    }

    /** Each of the first nodes lacks one module, the last module first; so each module is on two of three nodes. */
    static List<String> share(List<String> modules, int node) {
        int lacking = modules.size() - 1 - node;
        List<String> share = new ArrayList<>(modules);
        if (lacking >= 0 && modules.size() > 1) {
            share.remove(lacking);
        }
        return share;
    }

    private void row(String what, String where, String more) {
        out.printf("  %-11s %-44s %s%n", what, where, more);
    }

    private <T> T started(T part, java.util.function.Consumer<T> end) {
        synchronized (ends) {
            ends.push(() -> end.accept(part));
        }
        return part;
    }

    /** The owner's link, of any node that printed one: each is as good as the others. */
    public Optional<String> signIn() throws IOException {
        for (ClusterNode node : nodes) {
            Optional<String> link = node.signIn();
            if (link.isPresent()) {
                return link;
            }
        }
        return Optional.empty();
    }

    private void watch() {
        try {
            while (!closing.await(300, TimeUnit.MILLISECONDS)) {
                for (ClusterNode node : nodes) {
                    if (!node.alive()) {
                        out.println(node.name() + " has ended; it is started again in " + REVIVAL.toSeconds()
                                + " seconds.");
                        if (closing.await(REVIVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                            return;
                        }
                        node.begin();
                        node.awaitReady();
                        out.println(node.name() + " is back, as process " + node.pid() + ".");
                    }
                }
            }
        } catch (IOException e) {
            out.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the nodes at the same time, which hand over what they can, then the front door and what they leaned on. */
    @Override
    public void close() {
        synchronized (ends) {
            if (closed) {
                return;
            }
            closed = true;
        }
        closing.countDown();
        List<Thread> ending =
                nodes.stream().map(node -> Thread.ofVirtual().start(node::end)).toList();
        for (Thread one : ending) {
            try {
                one.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (ends) {
            ends.forEach(Runnable::run);
        }
    }
}
