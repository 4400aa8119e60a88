package leat.webhooks;

import java.util.HashSet;
import leat.kernel.Definition;
import leat.kernel.Module;
import leat.web.Routes;
import leat.web.Sender;
import leat.web.outgoing.EventCatalogue;
import leat.web.outgoing.ListenersOf;
import leat.web.outgoing.Outgoing;
import leat.web.outgoing.Publishing;
import leat.web.ui.PageRoutes;

/** Webhooks, and the task that brings events to them. */
public final class WebhooksModule implements Module {
    private final WebhooksSettings settings;

    public WebhooksModule(WebhooksSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public void define(Definition m) {
        var webhooks = m.entity(Webhooks.TYPE);
        var delivered = m.entity(Delivered.TYPE);
        var outgoing = new Outgoing(settings.anywhere(), Deliverer.LIMIT);
        var deliverer = new Deliverer(webhooks, delivered, settings, outgoing, m.clock());
        var catalogue = new EventCatalogue();
        m.onStop(outgoing::close);
        m.task(Publishing.DELIVER, Deliverer.POLICY, deliverer::run);
        m.serves(
                ListenersOf.class,
                question -> listeners(webhooks.get(question.organization()).state()));
        m.adds(EventCatalogue.class, catalogue);
        var hooks = new Hooks(
                webhooks,
                m.view(Delivered.VIEW),
                catalogue,
                settings,
                m.asks(),
                m.tasks(),
                m.clock(),
                new Sender(m.clock(), m.ids()));
        m.adds(Routes.class, Routes.of(new WebhooksApi(hooks).table()));
        m.adds(PageRoutes.class, pages -> new WebhooksPages(hooks, pages).table());
    }

    private static ListenersOf.Found listeners(Webhooks webhooks) {
        return new ListenersOf.Found(webhooks.hooks().entrySet().stream()
                .filter(it -> it.getValue().off().isEmpty())
                .map(it -> new ListenersOf.Listener(
                        it.getKey(), new HashSet<>(it.getValue().types())))
                .toList());
    }
}
