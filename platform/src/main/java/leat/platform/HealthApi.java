package leat.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leat.kernel.port.Engine;
import leat.kernel.port.Part;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** What a balancer and an orchestrator ask; open to anyone, because it tells nothing that they could not find out. */
final class HealthApi {
    private final Readiness readiness;
    private final Engine engine;

    HealthApi(Readiness readiness, Engine engine) {
        this.readiness = readiness;
        this.engine = engine;
    }

    List<Route> table() {
        return List.of(
                Route.get("/health/live", Access.anyone(), this::live),
                Route.get("/health/ready", Access.anyone(), this::ready),
                Route.get("/version", Access.anyone(), this::version));
    }

    /** @param reasons why not, as sentences; empty when all is well */
    record Health(String status, List<String> reasons) {}

    /**
     * A part that is away makes a node not unready: what needs it is refused until it is back, what does not goes on, and to
     * send people to other nodes would help nobody, for they lean on the same.
     *
     * @param parts what the engine leans on, by name: {@code well} or {@code away}
     */
    record Ready(String status, List<String> reasons, String engine, Map<String, String> parts) {}

    record Version(String version) {}

    Response live(Request request) {
        return Response.ok(new Health("live", List.of()));
    }

    Response ready(Request request) {
        List<String> reasons = readiness.reasons();
        return reasons.isEmpty()
                ? Response.ok(new Ready("ready", List.of(), engine.name(), parts()))
                : Response.json(503, new Ready("not ready", reasons, engine.name(), parts()))
                        .header("Retry-After", "1");
    }

    private Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        for (Part part : engine.parts()) {
            parts.put(part.name(), part.well() ? "well" : "away");
        }
        return parts;
    }

    Response version(Request request) {
        return Response.ok(new Version(Release.VERSION));
    }
}
