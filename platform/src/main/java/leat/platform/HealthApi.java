package leat.platform;

import java.util.List;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** What a balancer and an orchestrator ask; open to anyone, because it tells nothing that they could not find out. */
final class HealthApi {
    private final Readiness readiness;

    HealthApi(Readiness readiness) {
        this.readiness = readiness;
    }

    List<Route> table() {
        return List.of(
                Route.get("/health/live", Access.anyone(), this::live),
                Route.get("/health/ready", Access.anyone(), this::ready),
                Route.get("/version", Access.anyone(), this::version));
    }

    /** @param reasons why not, as sentences; empty when all is well */
    record Health(String status, List<String> reasons) {}

    record Version(String version) {}

    Response live(Request request) {
        return Response.ok(new Health("live", List.of()));
    }

    Response ready(Request request) {
        List<String> reasons = readiness.reasons();
        return reasons.isEmpty()
                ? Response.ok(new Health("ready", List.of()))
                : Response.json(503, new Health("not ready", reasons)).header("Retry-After", "1");
    }

    Response version(Request request) {
        return Response.ok(new Version(Release.VERSION));
    }
}
