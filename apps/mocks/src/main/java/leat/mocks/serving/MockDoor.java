package leat.mocks.serving;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import leat.kernel.Json;
import leat.mocks.definition.RouteDefinition;
import leat.mocks.matching.CompiledMock;
import leat.mocks.matching.MockAnswer;
import leat.mocks.matching.Problem;
import leat.web.Exchange;
import leat.web.FrontDoor;

/**
 * Answers for every mock, on the event loop: at {@code <mock>-<organization>.<base host>} and under
 * {@code /m/<organization>/<mock>/} of any other host.
 *
 * <p>A request looks its mock up, takes hold of the edition that answers just now, and is answered by it alone. What would
 * hold others up leaves the loop: an edition that must be loaded first, and a mock whose answers have lately been slow.
 *
 * <p>Limits: a body of {@link #MAX_BODY} bytes; {@link Served#MAX_BESIDE} requests of one mock off the loop at once.
 */
final class MockDoor implements FrontDoor {
    /** Bytes of a request's body; beyond, 413. */
    static final int MAX_BODY = 1 << 20;

    private static final Logger LOG = System.getLogger("leat.mocks");
    private static final String PROBLEM = "application/problem+json";

    private final ServingTable table;
    private final Editions editions;
    private final String suffix;

    /** @param baseHost what mocks' hosts end with, without a port: {@code localhost} */
    MockDoor(ServingTable table, Editions editions, String baseHost) {
        this.table = table;
        this.editions = editions;
        this.suffix = "." + baseHost.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean takes(String host, String path) {
        return path.startsWith(PathForm.PREFIX) || host.endsWith(suffix);
    }

    @Override
    public void serve(Exchange exchange) {
        String host = exchange.host();
        if (!host.endsWith(suffix)) {
            servePath(exchange);
            return;
        }
        Served served = table.byHost(host);
        if (served == null) {
            absent(exchange, "No published mock answers at " + shortened(host) + ".");
        } else {
            receive(served, new Incoming(exchange, exchange.path(), false));
        }
    }

    private void servePath(Exchange exchange) {
        if (!PathForm.allows(exchange.header("sec-fetch-dest"))) {
            problem(
                    exchange,
                    403,
                    "mock.not-as-code",
                    "A mock under /m/ cannot be used as a script, a style sheet or a worker; use its own host.");
            return;
        }
        String path = exchange.path();
        int organization = path.indexOf('/', PathForm.PREFIX.length());
        int mock = organization < 0 ? -1 : path.indexOf('/', organization + 1);
        String names = path.substring(PathForm.PREFIX.length(), mock < 0 ? path.length() : mock);
        Served served = table.byPath(names);
        if (served == null) {
            absent(exchange, "No published mock answers under /m/" + shortened(names) + ".");
        } else {
            receive(served, new Incoming(exchange, mock < 0 ? "/" : path.substring(mock), true));
        }
    }

    private void receive(Served served, Incoming request) {
        request.exchange().body(MAX_BODY, body -> {
            request.body(body);
            Edition edition = served.edition();
            CompiledMock compiled = edition.compiled();
            if (compiled == null || served.isHeavy()) {
                beside(served, edition, request);
            } else {
                long start = System.nanoTime();
                send(served, request, compiled.answer(request), start);
            }
        });
    }

    private void beside(Served served, Edition edition, Incoming request) {
        if (!served.beside.tryAcquire()) {
            problem(
                    request.exchange().header("Retry-After", "1"),
                    503,
                    "mock.busy",
                    "This mock has as much to do as it may; try again in a moment.");
            return;
        }
        request.headers();
        Runnable work = () -> {
            try {
                CompiledMock compiled = editions.load(edition);
                long start = System.nanoTime();
                MockAnswer answer = compiled.answer(request);
                request.exchange().onLoop(() -> send(served, request, answer, start));
            } catch (IOException | RuntimeException e) {
                LOG.log(Logger.Level.ERROR, "mock " + served.id + " cannot answer", e);
                request.exchange()
                        .onLoop(() -> problem(
                                request.exchange(),
                                503,
                                "mock.unavailable",
                                "This mock cannot be read just now; the log says why."));
            } finally {
                served.beside.release();
            }
        };
        try {
            Thread.ofVirtual().name("mock-", 0).start(work);
        } catch (RejectedExecutionException e) {
            served.beside.release();
            throw e;
        }
    }

    private static void send(Served served, Incoming request, MockAnswer answer, long start) {
        Exchange exchange = request.exchange();
        List<String> headers = answer.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            String name = headers.get(i);
            if (request.isPathForm()) {
                if (PathForm.maySend(name)) {
                    exchange.addHeader(name, headers.get(i + 1));
                }
            } else {
                String value = headers.get(i + 1);
                exchange.addHeader(name, name.equalsIgnoreCase("set-cookie") ? PathForm.hostOnly(value) : value);
            }
        }
        if (request.isPathForm()) {
            exchange.header("Content-Security-Policy", "sandbox").header("X-Content-Type-Options", "nosniff");
        }
        byte[] body = answer.body();
        if (answer.bodyOmitted()) {
            exchange.header("Content-Length", Integer.toString(body.length)).answer(answer.status(), new byte[0]);
        } else {
            exchange.answer(answer.status(), body);
        }
        long now = System.currentTimeMillis();
        long nanos = System.nanoTime() - start;
        served.took(nanos, now);
        note(served, request, answer, now, nanos);
    }

    private static void note(Served served, Incoming request, MockAnswer answer, long now, long nanos) {
        byte[] received = request.body();
        byte[] sent = answer.body();
        var details = new Entry.Details(
                request.headers(), answer.headers(), excerpt(received), received.length, excerpt(sent), sent.length);
        RouteDefinition route = answer.route().orElse(null);
        Problem problem = answer.problem().orElse(null);
        var entry = new Entry(
                now,
                (int) Math.min(Integer.MAX_VALUE, nanos / 1_000),
                request.method(),
                request.target(),
                answer.status(),
                route,
                problem,
                details);
        served.log.add(entry, details);
    }

    /** Constant answers are shared, so a short body costs no copy. */
    private static byte[] excerpt(byte[] body) {
        return body.length <= RequestLog.EXCERPT ? body : Arrays.copyOf(body, RequestLog.EXCERPT);
    }

    private static void absent(Exchange exchange, String detail) {
        problem(exchange, 404, "mock.absent", detail + " It may be a draft, or have been unpublished.");
    }

    private static void problem(Exchange exchange, int status, String code, String detail) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "about:blank");
        members.put("title", status == 404 ? "There is no such mock" : "This mock does not answer");
        members.put("status", status);
        members.put("code", code);
        members.put("detail", detail);
        exchange.header("Content-Type", PROBLEM).answer(status, Json.bytes(members));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 99) + "…";
    }
}
