package leat.web;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.OverloadedException;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.kernel.port.JournalException;

/**
 * The way of every routed request, in order: assets, route, method, caller, gate, question, handler, answer; then the log.
 * Runs whole on the request's virtual thread.
 */
final class Pipeline {
    private static final Logger LOG = System.getLogger("leat.web");
    private static final List<String> OVERRIDES = List.of("PUT", "PATCH", "DELETE");

    private final Site site;
    private final Gate gate;
    private final Streams streams;

    Pipeline(Site site, Streams streams) {
        this.site = site;
        this.gate = new Gate(site.doorkeeper());
        this.streams = streams;
    }

    /** A request in the middle of its way: what is known of it so far, for the answer and the log. */
    private static final class Progress {
        Request request;
        String pattern = "(none)";

        Progress(Request request) {
            this.request = request;
        }
    }

    void handle(Request.Incoming incoming, Optional<Router.Match> match, Wire wire, long startNanos) {
        var progress = new Progress(new Request(incoming, incoming.method(), Map.of(), new Caller.Nobody()));
        Response response;
        try {
            response = respond(progress, match);
        } catch (Throwable fault) {
            response = failed(fault, progress.request);
        }
        send(response, progress, wire, startNanos);
    }

    /** Answers a request that must not go further, such as one whose body is too large. */
    void turnAway(Request.Incoming incoming, Problem problem, Wire wire, long startNanos) {
        var progress = new Progress(new Request(incoming, incoming.method(), Map.of(), new Caller.Nobody()));
        Response response = worded(problem, progress.request);
        send(problem.status() == 503 ? response.header("Retry-After", "1") : response, progress, wire, startNanos);
    }

    private Response respond(Progress progress, Optional<Router.Match> match) throws Exception {
        Request request = progress.request;
        if (request.path().startsWith(Assets.PREFIX)) {
            progress.pattern = "(assets)";
            return request.method().equals("GET") || request.method().equals("HEAD")
                    ? site.assets().answer(request)
                    : notAllowed(request, "GET, HEAD");
        }
        if (match.isEmpty()) {
            return worded(
                    Problem.of(404, "resource.absent", "There is nothing at this address.", request.requestId()),
                    request);
        }
        String method = effectiveMethod(request);
        if (method.equals("OPTIONS")) {
            return Response.noContent().header("Allow", match.get().allow());
        }
        Optional<Route> found = match.get().route(method);
        if (found.isEmpty()) {
            return notAllowed(request, match.get().allow());
        }
        Route route = found.get();
        progress.pattern = route.path().text();
        progress.request = request.routed(method, match.get().parameters(route));
        progress.request = progress.request.from(site.doorkeeper().whoIs(progress.request));
        gate.admit(route, progress.request);
        Optional<Confirmation> asked = Confirmation.of(progress.request);
        if (asked.isPresent()) {
            return site.confirmationPages().page(asked.get(), progress.request);
        }
        return route.handler().handle(progress.request);
    }

    /** A plain HTML form can only GET and POST; its {@code _method} field says what it means. */
    private static String effectiveMethod(Request request) {
        if (!request.method().equals("POST") || !request.mediaType().equals("application/x-www-form-urlencoded")) {
            return request.method();
        }
        Optional<String> override = request.form().first("_method");
        if (override.isPresent() && !OVERRIDES.contains(override.get())) {
            throw Refusal.of(Refusal.Kind.INVALID, "request.malformed", "_method must be PUT, PATCH or DELETE.")
                    .asException();
        }
        return override.orElse("POST");
    }

    private Response notAllowed(Request request, String allow) {
        return worded(
                        Problem.of(
                                405,
                                "method.not-allowed",
                                "This address answers " + allow + " only.",
                                request.requestId()),
                        request)
                .header("Allow", allow);
    }

    private Response failed(Throwable fault, Request request) {
        return switch (fault) {
            case RefusedException refused -> refused(refused.refusal(), request);
            case OverloadedException overload ->
                worded(Problem.of(overload, request.requestId()), request)
                        .header("Retry-After", Problem.retryAfter(overload.retryAfter()));
            case JournalException away -> {
                // One line: a store that is away is one fault, however many meet it.
                LOG.log(
                        Logger.Level.WARNING,
                        "request {0}: {1} {2}: {3}",
                        request.requestId(),
                        request.method(),
                        request.path(),
                        away.getMessage());
                yield worded(Problem.ofStore(request.requestId()), request).header("Retry-After", "2");
            }
            default -> {
                LOG.log(
                        Logger.Level.ERROR,
                        "request " + request.requestId() + ": " + request.method() + " " + request.path() + " failed",
                        fault);
                yield worded(
                        Problem.of(
                                500,
                                "fault",
                                "Something went wrong on our side. It is in the log under this request's id.",
                                request.requestId()),
                        request);
            }
        };
    }

    private Response refused(Refusal refusal, Request request) {
        Problem problem = Problem.of(refusal, request.requestId());
        if (problem.status() == 401) {
            return unauthenticated(problem, request);
        }
        Response response = worded(problem, request);
        return refusal.details().get("retryAfterSeconds") instanceof Number seconds
                ? response.header("Retry-After", Long.toString(seconds.longValue()))
                : response;
    }

    private Response unauthenticated(Problem problem, Request request) {
        if (!request.wantsHtml()) {
            return worded(problem, request).header("WWW-Authenticate", "Bearer");
        }
        if (request.isHtmx()) {
            return worded(problem, request).header("HX-Redirect", "/sign-in");
        }
        if (!request.isSafe()) {
            return worded(problem, request);
        }
        String here = request.path() + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery());
        return Response.redirect(
                Conditions.isOwnPath(here)
                        ? "/sign-in?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8)
                        : "/sign-in");
    }

    /** The one place where a problem is given words: a page for people, JSON for programs and for the page's own script. */
    private Response worded(Problem problem, Request request) {
        if (request.wantsHtml() && !request.isHtmx()) {
            try {
                return site.problemPages().page(problem, request);
            } catch (RuntimeException e) {
                LOG.log(Logger.Level.ERROR, "the problem page itself failed", e);
            }
        }
        return problem.asJson();
    }

    private void send(Response response, Progress progress, Wire wire, long startNanos) {
        Request request = progress.request;
        Response shown = unchanged(response, request) ? response.withoutBody().status(304) : response;
        var headers = new ArrayList<>(shown.headers());
        headers.addAll(SecurityHeaders.forAnswer(shown, request));
        headers.add(new Response.Field("X-Request-Id", request.requestId()));
        headers.add(new Response.Field(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))));
        boolean head = request.incoming().method().equals("HEAD");
        switch (shown.body()) {
            case Response.Body.Empty empty -> {
                wire.answer(shown.status(), headers, new byte[0]);
                answered(progress, shown.status(), startNanos, 0);
            }
            case Response.Body.Bytes whole -> {
                headers.add(new Response.Field("Content-Type", whole.contentType()));
                byte[] bytes = squeezed(whole, shown, request, headers);
                if (head) {
                    wire.answerHead(shown.status(), headers, bytes.length);
                } else {
                    wire.answer(shown.status(), headers, bytes);
                }
                answered(progress, shown.status(), startNanos, head ? 0 : bytes.length);
            }
            case Response.Body.Stream stream -> {
                headers.add(new Response.Field("Content-Type", stream.contentType()));
                if (head) {
                    wire.answerHead(shown.status(), headers, -1);
                    answered(progress, shown.status(), startNanos, 0);
                } else {
                    answered(progress, shown.status(), startNanos, written(stream, shown, request, headers, wire));
                }
            }
            case Response.Body.Events events -> {
                headers.add(new Response.Field("Content-Type", "text/event-stream"));
                if (head) {
                    wire.answerHead(shown.status(), headers, -1);
                    answered(progress, shown.status(), startNanos, 0);
                } else if (!streams.reserve(request)) {
                    send(streams.isFull() ? overfull(request) : tooMany(request), progress, wire, startNanos);
                } else {
                    wire.begin(shown.status(), headers);
                    streams.run(
                            request,
                            wire,
                            events.source(),
                            bytes -> answered(progress, shown.status(), startNanos, bytes));
                }
            }
        }
    }

    private static boolean unchanged(Response response, Request request) {
        return response.status() == 200
                && request.isSafe()
                && response.header("ETag")
                        .filter(etag -> Conditions.hasAlready(request.headers(), etag))
                        .isPresent();
    }

    private static byte[] squeezed(
            Response.Body.Bytes whole, Response response, Request request, List<Response.Field> headers) {
        if (response.header("Content-Encoding").isPresent() || !Gzip.suits(whole.contentType())) {
            return whole.bytes();
        }
        headers.add(new Response.Field("Vary", "Accept-Encoding"));
        if (whole.bytes().length <= Gzip.SMALLEST_BYTES || !Gzip.accepted(request.headers())) {
            return whole.bytes();
        }
        headers.add(new Response.Field("Content-Encoding", "gzip"));
        return Gzip.compressed(whole.bytes());
    }

    /** Writes a streamed body; answers how many bytes left. */
    private static long written(
            Response.Body.Stream stream, Response response, Request request, List<Response.Field> headers, Wire wire) {
        boolean gzip = Gzip.suits(stream.contentType())
                && response.header("Content-Encoding").isEmpty()
                && Gzip.accepted(request.headers());
        if (gzip) {
            headers.add(new Response.Field("Content-Encoding", "gzip"));
            headers.add(new Response.Field("Vary", "Accept-Encoding"));
        }
        wire.begin(response.status(), headers);
        var out = new WireOutput(wire);
        try (OutputStream body = gzip ? Gzip.compressing(out) : out) {
            stream.writer().writeTo(body);
        } catch (WireOutput.GoneException e) {
            return out.written();
        } catch (IOException | RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "request " + request.requestId() + ": the answer broke off", e);
            wire.cut();
            return out.written();
        }
        wire.end();
        return out.written();
    }

    private Response overfull(Request request) {
        return worded(
                        Problem.of(
                                503, "overloaded", "Too many live connections; try again soon.", request.requestId()),
                        request)
                .header("Retry-After", "5");
    }

    private Response tooMany(Request request) {
        return worded(
                        Problem.of(
                                429,
                                "streams.exhausted",
                                "Too many live connections of yours; close some and try again.",
                                request.requestId()),
                        request)
                .header("Retry-After", "5");
    }

    private void answered(Progress progress, int status, long startNanos, long bytes) {
        long nanos = System.nanoTime() - startNanos;
        site.metrics().answered(progress.request.incoming().method(), progress.pattern, status, nanos);
        AccessLog.answered(progress.request, progress.pattern, status, nanos, bytes);
    }
}
