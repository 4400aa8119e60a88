package leat.platform;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Caller;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/**
 * {@code /metrics}, for Prometheus to read.
 *
 * <p>Open to this machine itself, to owners, and to a bearer of the metrics token. A request that came through a proxy is
 * not from this machine, even when the proxy is: it bears a header that says so.
 */
final class MetricsApi {
    private static final List<String> FORWARDED = List.of("forwarded", "x-forwarded-for", "x-real-ip", "via");

    private final Metrics metrics;
    private final Optional<String> token;

    MetricsApi(Metrics metrics, Optional<String> token) {
        this.metrics = metrics;
        this.token = token;
    }

    List<Route> table() {
        return List.of(Route.get("/metrics", Access.anyone(), this::metrics));
    }

    Response metrics(Request request) {
        if (!mayRead(request)) {
            throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "metrics.forbidden",
                            "Metrics are for this machine, for owners, and for a bearer of the metrics token.")
                    .asException();
        }
        return Response.text("text/plain; version=0.0.4; charset=utf-8", metrics.text());
    }

    private boolean mayRead(Request request) {
        return isFromHere(request) || isOwner(request.caller()) || bearsToken(request);
    }

    private static boolean isFromHere(Request request) {
        return FORWARDED.stream().allMatch(name -> request.header(name).isEmpty())
                && isLoopback(request.remoteAddress());
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOwner(Caller caller) {
        return caller instanceof Caller.Person person && person.owner();
    }

    /** Compared in the same time whatever is sent, so that the token cannot be felt out letter by letter. */
    private boolean bearsToken(Request request) {
        return token.isPresent()
                && request.header("authorization")
                        .filter(sent -> MessageDigest.isEqual(
                                sent.getBytes(StandardCharsets.UTF_8),
                                ("Bearer " + token.get()).getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }
}
