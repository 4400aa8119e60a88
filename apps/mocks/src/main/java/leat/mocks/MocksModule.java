package leat.mocks;

import java.time.Duration;
import java.util.Locale;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Module;
import leat.kernel.Reader;
import leat.mocks.serving.Serving;
import leat.web.FrontDoor;
import leat.web.Routes;
import leat.web.Sender;
import leat.web.ui.Icon;
import leat.web.ui.PageRoutes;
import leat.web.ui.Place;

/** Mocks: their life, their publication, what answers for them, and the edges by which people and programs reach them. */
public final class MocksModule implements Module {
    private static final Duration OUTCOME = Duration.ofSeconds(1);

    private final String baseHost;
    private final Duration outcome;

    /**
     * @param baseHost the host name of this Leat without a port, below which each mock has its own:
     *     {@code pets-acme.localhost} for {@code localhost}
     */
    public MocksModule(String baseHost) {
        this(baseHost, OUTCOME);
    }

    /** @param outcome how long a wish to publish waits for its outcome before it is answered with "publishing" */
    MocksModule(String baseHost, Duration outcome) {
        this.baseHost = baseHost.toLowerCase(Locale.ROOT);
        this.outcome = outcome;
    }

    @Override
    public String name() {
        return "mocks";
    }

    @Override
    public void define(Definition m) {
        Mocks mocks = mount(m);
        m.adds(Routes.class, Routes.of(new MocksApi(mocks).table()));
        m.adds(PageRoutes.class, pages -> new MocksPages(mocks, pages).table());
        m.adds(Place.class, new Place("Mocks", "/mocks", Icon.MOCK, 10).shortcut("g m"));
    }

    /** Mounts everything; gives back what the edges work with. */
    Mocks mount(Definition m) {
        Entities<Mock.Command, Mock.Event, Mock> entities = m.entity(Mock.TYPE);
        MockPublishing.mount(m, entities);
        Reader list = m.view(MockList.VIEW);
        Reader revisions = m.view(Revisions.VIEW);
        var serving = new Serving(m.blobs(), baseHost);
        var publications = new Publications(entities, list, serving, baseHost, m.announcements(), m.clock(), m.ids());
        var exchange = new RequestExchange(serving, m.announcements(), m.clock());
        var compiler = new Compiler(entities, m.blobs(), publications, m.clock(), m.ids());
        m.task(Mock.COMPILE, Compiler.POLICY, compiler::run);
        m.adds(FrontDoor.class, serving.door());
        m.onStart(publications::start);
        m.onStop(publications::stop);
        m.onStart(exchange::start);
        m.onStop(exchange::stop);
        return new Mocks(
                entities,
                list,
                revisions,
                new Sources(m.blobs()),
                new Organizations(m.asks()),
                serving,
                exchange,
                publications,
                compiler,
                m.announcements(),
                baseHost,
                outcome,
                new Sender(m.clock(), m.ids()));
    }
}
