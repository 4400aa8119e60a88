package leat.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leat.kernel.Refusal;

/** Reads the headers that qualify a request; what is malformed is refused, never ignored. */
final class Conditions {
    private static final Pattern VERSION = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

    private Conditions() {}

    static Optional<Long> ifMatch(Headers headers) {
        List<String> lines = headers.all("if-match");
        if (lines.isEmpty() || (lines.size() == 1 && lines.getFirst().strip().equals("*"))) {
            return Optional.empty();
        }
        Matcher matcher = VERSION.matcher(lines.getFirst().strip());
        if (lines.size() > 1 || !matcher.matches()) {
            throw malformed("If-Match must be one version in quotes, as the ETag of an answer gave it.");
        }
        return Optional.of(Long.parseLong(matcher.group(1)));
    }

    static Optional<UUID> idempotencyKey(Headers headers) {
        return headers.first("idempotency-key").map(text -> {
            String key = text.strip();
            if (key.length() == 36) {
                try {
                    return UUID.fromString(key);
                } catch (IllegalArgumentException e) {
                    throw malformed("Idempotency-Key must be a UUID.");
                }
            }
            throw malformed("Idempotency-Key must be a UUID.");
        });
    }

    static Locale locale(Headers headers) {
        String accepted = headers.first("accept-language").orElse("");
        if (accepted.isBlank() || accepted.length() > 500) {
            return Locale.ENGLISH;
        }
        try {
            return Locale.LanguageRange.parse(accepted).stream()
                    .map(Locale.LanguageRange::getRange)
                    .filter(range -> !range.contains("*"))
                    .findFirst()
                    .map(Locale::forLanguageTag)
                    .orElse(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    /** Whether an answer with this tag is what the client has already. */
    static boolean hasAlready(Headers headers, String etag) {
        return headers.list("if-none-match").stream()
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    /** Whether a redirect there stays here: one leading slash, nothing that a browser reads as another host. */
    static boolean isOwnPath(String path) {
        return path.length() <= 2000
                && path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
    }

    private static RuntimeException malformed(String message) {
        return Refusal.of(Refusal.Kind.INVALID, "request.malformed", message).asException();
    }
}
