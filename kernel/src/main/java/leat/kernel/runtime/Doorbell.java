package leat.kernel.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import leat.kernel.port.Bus;
import leat.kernel.port.PartitionId;

/**
 * Tells the other nodes that share the journal to look, at what was appended, at tasks, or at who owns what. A ring that is
 * lost costs a second, no more, for all of them look by themselves as well.
 */
final class Doorbell implements Writer.Neighbours, AutoCloseable {
    private static final String EVENTS = "leat.events";
    private static final String TASKS = "leat.tasks";
    private static final String OWNERS = "leat.owners";
    private static final String ERRANDS = "leat.errands";

    private final Bus bus;
    private final String node;
    private final List<AutoCloseable> listening = new ArrayList<>();

    Doorbell(Bus bus, String node) {
        this.bus = bus;
        this.node = node;
    }

    @Override
    public void appended(Map<PartitionId, Long> heads) {
        StringBuilder text = new StringBuilder(node);
        heads.forEach((partition, position) ->
                text.append('\n').append(partition).append(' ').append(position));
        bus.publish(EVENTS, text.toString().getBytes(UTF_8));
    }

    @Override
    public void tasks() {
        bus.publish(TASKS, node.getBytes(UTF_8));
    }

    void owners() {
        owners(Map.of());
    }

    /** @param owned topics on which commands are answered from now on, and at which epoch */
    void owners(Map<String, Long> owned) {
        StringBuilder text = new StringBuilder(node);
        owned.forEach(
                (topic, epoch) -> text.append('\n').append(topic).append(' ').append(epoch));
        bus.publish(OWNERS, text.toString().getBytes(UTF_8));
    }

    /** Asks whichever node it concerns to do something; lost when that node does not hear. */
    void errand(byte[] json) {
        bus.publish(ERRANDS, json);
    }

    void whenAppended(Tails tails) {
        listen(EVENTS, lines -> {
            Map<PartitionId, Long> heads = new HashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                int space = line.lastIndexOf(' ');
                heads.put(PartitionId.parse(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
            }
            tails.heard(heads);
        });
    }

    void whenTasks(Runnable action) {
        listen(TASKS, any -> action.run());
    }

    /** @param owned told of each topic that has a new owner, and its epoch */
    void whenOwners(Runnable action, ObjLongConsumer<String> owned) {
        listen(OWNERS, lines -> {
            for (String line : lines.subList(1, lines.size())) {
                int space = line.lastIndexOf(' ');
                owned.accept(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
            }
            action.run();
        });
    }

    void whenErrand(Consumer<byte[]> action) {
        listening.add(bus.subscribe(ERRANDS, message -> action.accept(message.payload())));
    }

    /** Leaves out what this node has rung itself. */
    private void listen(String topic, Consumer<List<String>> action) {
        listening.add(bus.subscribe(topic, message -> {
            List<String> lines = new String(message.payload(), UTF_8).lines().toList();
            if (!lines.isEmpty() && !lines.getFirst().equals(node)) {
                action.accept(lines);
            }
        }));
    }

    @Override
    public void close() {
        listening.forEach(Quietly::close);
    }
}
