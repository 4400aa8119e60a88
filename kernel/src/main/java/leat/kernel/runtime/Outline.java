package leat.kernel.runtime;

import java.util.List;
import leat.kernel.Module;
import leat.kernel.port.Engine;

/** What a module adds for edges, learned without running anything of it: for a node that does not host it. */
public final class Outline {
    private final Mounting mounting;

    private Outline(Mounting mounting) {
        this.mounting = mounting;
    }

    /** Mounts the module on its own; its handles never begin to work. */
    public static Outline of(Engine engine, Module module) {
        var mounting = new Mounting(
                engine,
                NodeSettings.defaults().clock(),
                0,
                new BusAnnouncements(engine.bus()),
                (kind, key, payload, notBefore, envelope) -> {
                    throw new IllegalStateException("nothing runs here");
                });
        mounting.mount(module);
        return new Outline(mounting);
    }

    /** The things of a kind that it added, in order. */
    @SuppressWarnings("unchecked")
    public <T> List<T> added(Class<T> kind) {
        return (List<T>) List.copyOf(mounting.added.getOrDefault(kind, List.of()));
    }
}
