package leat.platform.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One node of a cluster on this machine: the product in a process of its own, with the flags and classes of this one. */
final class ClusterNode {
    private static final Pattern READY = Pattern.compile("^Leat is ready at ", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("once, within a day: (http\\S+)");
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(25);

    private final String name;
    private final List<String> modules;
    private final int port;
    private final Path folder;
    private final List<String> flags;
    private @Nullable Child child;
    private long begunAt;

    /** @param flags of the product, beside those that make it this node */
    ClusterNode(String name, List<String> modules, int port, Path folder, List<String> flags) {
        this.name = name;
        this.modules = List.copyOf(modules);
        this.port = port;
        this.folder = folder;
        this.flags = List.copyOf(flags);
    }

    /** Starts its process, and does not wait. */
    void begin() throws IOException {
        Files.createDirectories(folder);
        begunAt = Files.exists(log()) ? Files.size(log()) : 0;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "leat.platform.Main",
                "--engine=distributed",
                "--node=" + name,
                "--port=" + port,
                "--data=" + folder.resolve("data"),
                "--modules=" + String.join(",", modules)));
        command.addAll(flags);
        child = Child.start(name, log(), "KILL", folder, Map.of(), command);
    }

    /** Waits until it says that it is ready. */
    void awaitReady() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!READY.matcher(saidNow()).find()) {
            Child started = child;
            if (started == null) {
                throw new IOException(name + " was not started");
            }
            started.mustLive();
            if (System.nanoTime() > end) {
                throw new IOException(name + " was not ready in time: " + started.said());
            }
            Pauses.brief();
        }
    }

    /** The owner's link that it printed at its last start, if it did. */
    Optional<String> signIn() throws IOException {
        Matcher link = LINK.matcher(saidNow());
        return link.find() ? Optional.of(link.group(1)) : Optional.empty();
    }

    /** What it wrote since its last start. */
    private String saidNow() throws IOException {
        byte[] all = Files.readAllBytes(log());
        int from = (int) Math.min(begunAt, all.length);
        return new String(all, from, all.length - from, java.nio.charset.StandardCharsets.UTF_8);
    }

    boolean alive() {
        Child running = child;
        return running != null && running.alive();
    }

    String name() {
        return name;
    }

    List<String> modules() {
        return modules;
    }

    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved("127.0.0.1", port);
    }

    Path log() {
        return folder.resolveSibling(name + ".log");
    }

    long pid() {
        Child running = child;
        return running == null ? -1 : running.pid();
    }

    /** Lets it hand over and finish what is under way. */
    void end() {
        Child running = child;
        if (running != null) {
            running.end("TERM", END);
        }
    }
}
