package leat.mocks.serving;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for mocks that answer under {@code /m/}, on the origin of the product itself: what a mock sends there must not
 * act as the product, and what the product's users send must not reach the mock.
 *
 * <p>Answers are sandboxed, are never sniffed, and carry none of the headers that speak for a whole origin; cookies and
 * credentials are kept from the mock; and the browser may not use an answer as a script, a style sheet or a worker of the
 * product's pages. The reasons stand in {@code docs/decisions/}.
 */
final class PathForm {
    /** Before the organization's name. */
    static final String PREFIX = "/m/";

    /** What a browser may want an answer for; {@code empty} is a call from a script. */
    private static final Set<String> DESTINATIONS = Set.of("document", "empty", "iframe", "image", "audio", "video");

    /** Headers that change the whole origin, ask for credentials in its name, or say less than we do. */
    private static final Set<String> SPEAKS_FOR_ORIGIN = Set.of(
            "alt-svc",
            "clear-site-data",
            "content-security-policy",
            "content-security-policy-report-only",
            "nel",
            "origin-agent-cluster",
            "report-to",
            "reporting-endpoints",
            "service-worker-allowed",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "www-authenticate",
            "x-content-type-options");

    private PathForm() {}

    /** Whether the mock may see a header of the request. */
    static boolean passes(String name) {
        return switch (name.length()) {
            case 6 -> !name.equalsIgnoreCase("cookie");
            case 12 -> !name.equalsIgnoreCase("x-csrf-token");
            case 13 -> !name.equalsIgnoreCase("authorization");
            default -> true;
        };
    }

    /** Whether a header of the answer may be sent. */
    static boolean maySend(String name) {
        return !SPEAKS_FOR_ORIGIN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @param destination the request's {@code Sec-Fetch-Dest}; null when it does not come from a browser of today */
    static boolean allows(@Nullable String destination) {
        return destination == null || DESTINATIONS.contains(destination);
    }

    /**
     * The cookie that a mock sets at its own host, without the domain that would carry it to the product and to other
     * mocks.
     */
    static String hostOnly(String cookie) {
        if (!cookie.toLowerCase(Locale.ROOT).contains("domain")) {
            return cookie;
        }
        var kept = new StringBuilder(cookie.length());
        String[] parts = cookie.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip();
            if (i == 0 || !name.equalsIgnoreCase("domain")) {
                kept.append(i == 0 ? "" : ";").append(parts[i]);
            }
        }
        return kept.toString();
    }
}
