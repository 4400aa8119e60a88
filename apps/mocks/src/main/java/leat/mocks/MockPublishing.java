package leat.mocks;

import java.util.Optional;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Recorded;
import leat.web.outgoing.EventType;
import leat.web.outgoing.Publishing;
import leat.web.outgoing.Publishing.Reference;
import leat.web.outgoing.Publishing.Told;

/** What the outside is told of mocks: when one goes live, when it goes away, and when its publication fails. */
final class MockPublishing {
    private final Entities<Mock.Command, Mock.Event, Mock> mocks;

    MockPublishing(Entities<Mock.Command, Mock.Event, Mock> mocks) {
        this.mocks = mocks;
    }

    /** @param revision that the event is about; 0 when it is about none */
    record MockData(String id, String name, int revision) {}

    static void mount(Definition m, Entities<Mock.Command, Mock.Event, Mock> mocks) {
        m.adds(EventType.class, new EventType("mock.published", "A revision of a mock went live.", MockData.class));
        m.adds(
                EventType.class,
                new EventType(
                        "mock.rejected", "A revision of a mock was not published, for it is wrong.", MockData.class));
        m.adds(
                EventType.class,
                new EventType("mock.unpublished", "A mock answers no more, but is kept.", MockData.class));
        m.adds(EventType.class, new EventType("mock.removed", "A mock was removed.", MockData.class));
        var publishing = new MockPublishing(mocks);
        Publishing.of(m, "mocks", publishing::told)
                .on(Mock.Event.Published.class, publishing::organization)
                .on(Mock.Event.Rejected.class, publishing::organization)
                .on(Mock.Event.WasUnpublished.class, publishing::organization)
                .on(Mock.Event.WasRemoved.class, publishing::organization)
                .mount(m);
    }

    private Optional<String> organization(Recorded<?> it) {
        return kept(mocks.at(it.id(), it.version() - 1))
                .map(mock -> mock.identity().organization());
    }

    private static Optional<Mock.Kept> kept(Mock mock) {
        return mock instanceof Mock.Kept kept ? Optional.of(kept) : Optional.empty();
    }

    private Optional<Told> told(Reference event) {
        return kept(mocks.at(event.id(), event.version() - 1))
                .flatMap(before -> mocks.history(event.id(), event.version() - 1, 1).stream()
                        .findFirst()
                        .flatMap(it -> told(event.id(), before.identity(), it.event())));
    }

    private static Optional<Told> told(String id, Mock.Identity mock, Mock.Event event) {
        return switch (event) {
            case Mock.Event.Published(int revision) -> Optional.of(told("mock.published", id, mock, revision));
            case Mock.Event.Rejected(int revision, var _) -> Optional.of(told("mock.rejected", id, mock, revision));
            case Mock.Event.WasUnpublished _ -> Optional.of(told("mock.unpublished", id, mock, 0));
            case Mock.Event.WasRemoved _ -> Optional.of(told("mock.removed", id, mock, 0));
            case Mock.Event.Created _,
                    Mock.Event.Saved _,
                    Mock.Event.RolledBack _,
                    Mock.Event.PublicationRequested _,
                    Mock.Event.Compiled _,
                    Mock.Event.PublicationFailed _ -> Optional.empty();
        };
    }

    private static Told told(String type, String id, Mock.Identity mock, int revision) {
        return new Told(type, mock.organization(), new MockData(id, mock.name(), revision));
    }
}
