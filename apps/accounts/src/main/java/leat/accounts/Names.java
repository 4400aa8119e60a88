package leat.accounts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import leat.kernel.Refusal;

/**
 * The rules for names of people and organizations, which stand in addresses: 2 to 39 lower-case letters, digits and
 * single dashes inside, and none of the words that Leat keeps for itself.
 */
final class Names {
    /** Characters of a name that is shown and never looked up. */
    static final int MAX_DISPLAY_NAME = 80;

    /** Characters of an e-mail address (RFC 5321). */
    static final int MAX_EMAIL = 254;

    private static final int MIN = 2;
    private static final int MAX = 39;
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]+\\.[^@\\s\\p{Cntrl}]+");

    /** Words that stand in addresses already, may come to, or would let their bearer pass for Leat itself. */
    static final Set<String> RESERVED = Set.of(
            "about", "accounts", "admin", "administrator", "anonymous", "api", "app", "assets", "audit", "auth",
            "billing", "blog", "builds", "ci", "cli", "dashboard", "docs", "events", "everyone", "feedback", "first-sign-in",
            "health", "help", "home", "host", "hooks", "invitations", "leat", "live", "localhost", "login", "logout",
            "logs", "m", "mail", "me", "members", "metrics", "mock", "mocks", "new", "nobody", "notes", "operations",
            "organizations", "owner", "postmaster", "problems", "public", "root", "security", "sessions", "settings", "shop",
            "sign-in", "sign-out", "sign-up", "static", "status", "support", "system", "team", "test", "tokens", "user",
            "users", "version", "webhooks", "webmaster", "www");

    private Names() {}

    /** The one form in which a name is stored and compared. */
    static String canonical(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a canonical name. */
    static Optional<Refusal.Violation> violation(String field, String name) {
        if (name.length() < MIN || name.length() > MAX || !SHAPE.matcher(name).matches()) {
            return Optional.of(new Refusal.Violation(
                    field,
                    "name.shape",
                    "Use " + MIN + " to " + MAX + " lower-case letters, digits and single dashes between them."));
        }
        if (RESERVED.contains(name)) {
            return Optional.of(new Refusal.Violation(
                    field, "name.reserved", "\"" + name + "\" is kept for Leat itself; choose another name."));
        }
        return Optional.empty();
    }

    /** What is wrong with text that is shown on one line. */
    static Optional<Refusal.Violation> lineViolation(String field, String text) {
        boolean good = !text.isBlank()
                && text.length() <= MAX_DISPLAY_NAME
                && text.equals(text.strip())
                && text.chars().noneMatch(c -> Character.isISOControl(c) || isDirection(c));
        return good
                ? Optional.empty()
                : Optional.of(new Refusal.Violation(
                        field, "line.shape", "Use 1 to " + MAX_DISPLAY_NAME + " printable characters on one line."));
    }

    static Optional<Refusal.Violation> emailViolation(String field, Optional<String> email) {
        return email.filter(text -> text.length() > MAX_EMAIL || !EMAIL.matcher(text).matches())
                .map(text -> new Refusal.Violation(
                        field, "email.shape", "This is no e-mail address; it should look like name@example.org."));
    }

    /** All violations there are, in order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static List<Refusal.Violation> all(Optional<Refusal.Violation>... violations) {
        return List.of(violations).stream().flatMap(Optional::stream).toList();
    }

    /** Characters that turn the direction of text, with which one name can be made to look like another. */
    private static boolean isDirection(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
    }
}
