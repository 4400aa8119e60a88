package leat.kernel.runtime;

import java.util.function.Consumer;
import leat.kernel.Announcements;
import leat.kernel.Json;
import leat.kernel.port.Bus;

/** Announcements as JSON on the bus. */
final class BusAnnouncements implements Announcements {
    private static final System.Logger LOG = System.getLogger("leat.announcements");

    private final Bus bus;

    BusAnnouncements(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void announce(String topic, Object message) {
        bus.publish("announce." + topic, Json.bytes(message));
    }

    @Override
    public Listening listen(String topic, Consumer<Announcement> listener) {
        AutoCloseable subscription = bus.subscribe(
                "announce." + topic,
                message -> listener.accept(new Announcement(
                        message.topic().substring("announce.".length()), message.payload(), message.lost())));
        return () -> {
            try {
                subscription.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "closing a listening", e);
            }
        };
    }
}
