package leat.mocks.serving;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request that a mock answered, as people and programs see it: what could be a secret is not shown.
 *
 * @param id the same on every node: the log that it was first in, a dash, and its number there
 * @param number rising by one with each request to the mock that this node answered or heard of, from 1 since it started
 * @param target path and query as the mock saw them, at most {@link RequestLog#TARGET} characters
 * @param route the one that answered or refused; empty when none took the request
 * @param problem why the answer is not what a route says
 * @param details empty when memory was needed for newer requests
 */
public record LoggedRequest(
        String id,
        long number,
        Instant at,
        String method,
        String target,
        int status,
        int micros,
        Optional<Route> route,
        Optional<Why> problem,
        Optional<Details> details) {
    /** What stands in the place of a secret. */
    public static final String REDACTED = "(hidden)";

    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-csrf-token", "x-xsrf-token");
    private static final List<String> SECRET_PARTS =
            List.of("api-key", "apikey", "api_key", "token", "secret", "password", "signature", "credential");

    /** @param line of the file, from 1 */
    public record Route(String title, int line) {}

    /** @param nearest the routes most like the request, each with what keeps it from taking it */
    public record Why(String code, String detail, List<Near> nearest) {}

    public record Near(Route route, List<String> reasons) {}

    public record Header(String name, String value) {}

    /** @param text the beginning, at most {@link RequestLog#EXCERPT} bytes of it; a word about it when it is no text */
    public record Body(int bytes, String text, boolean cut) {}

    public record Details(List<Header> received, Body request, List<Header> sent, Body answer) implements Entry.Kept {
        @Override
        public int weight() {
            int weight = request.text().length() + answer.text().length();
            for (Header header : received) {
                weight += header.name().length() + header.value().length() + 80;
            }
            return weight;
        }
    }

    private LoggedRequest with(long otherNumber, Optional<Details> otherDetails) {
        return new LoggedRequest(id, otherNumber, at, method, target, status, micros, route, problem, otherDetails);
    }

    LoggedRequest withoutDetails() {
        return with(number, Optional.empty());
    }

    /** @param log the name of the log that it is in */
    static LoggedRequest of(String log, Entry entry) {
        Optional<Details> details = switch (entry.details()) {
            case null -> Optional.empty();
            case Entry.Details raw -> Optional.of(details(raw));
            case Details told -> Optional.of(told);
        };
        LoggedRequest told = entry.told;
        if (told != null) {
            return told.with(entry.number(), details);
        }
        return new LoggedRequest(
                log + "-" + entry.number(),
                entry.number(),
                Instant.ofEpochMilli(entry.atMillis),
                entry.method,
                entry.target,
                entry.status,
                entry.micros,
                Optional.ofNullable(entry.route).map(route -> new Route(route.title(), route.line())),
                Optional.ofNullable(entry.problem)
                        .map(problem -> new Why(
                                problem.code(),
                                problem.detail(),
                                problem.nearest().stream()
                                        .map(near -> new Near(
                                                new Route(
                                                        near.route().title(),
                                                        near.route().line()),
                                                near.reasons()))
                                        .toList())),
                details);
    }

    private static Details details(Entry.Details raw) {
        return new Details(
                headers(raw.received()),
                body(raw.requestBody(), raw.requestLength()),
                headers(raw.sent()),
                body(raw.answerBody(), raw.answerLength()));
    }

    private static List<Header> headers(List<String> namesAndValues) {
        var headers = new ArrayList<Header>(namesAndValues.size() / 2);
        for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
            String name = namesAndValues.get(i);
            headers.add(new Header(name, isSecret(name) ? REDACTED : namesAndValues.get(i + 1)));
        }
        return headers;
    }

    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET.contains(lower) || SECRET_PARTS.stream().anyMatch(lower::contains);
    }

    private static Body body(byte[] excerpt, int length) {
        boolean cut = excerpt.length < length;
        try {
            // The cut may have gone through a character: up to three bytes less make whole ones.
            for (int end = excerpt.length; ; end--) {
                try {
                    String text = StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(excerpt, 0, end))
                            .toString();
                    return new Body(length, text, cut);
                } catch (CharacterCodingException e) {
                    if (!cut || end <= excerpt.length - 3 || end == 0) {
                        throw e;
                    }
                }
            }
        } catch (CharacterCodingException e) {
            return new Body(length, "(" + length + " bytes that are no text)", cut);
        }
    }
}
