package leat.web;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie to set: hidden from scripts, kept from other sites, for the whole host.
 *
 * @param maxAge how long the browser keeps it, to the second; empty means until it closes, zero means remove it
 * @param secure sent over https only; a name that starts with {@code __Host-} requires it
 * @param sameSite whether other sites' links carry it
 */
public record Cookie(String name, String value, Optional<Duration> maxAge, boolean secure, SameSite sameSite) {

    /** When a cookie travels with a request that another site caused. */
    public enum SameSite {
        /** Never. */
        STRICT,
        /** Only when the person follows a link. */
        LAX
    }

    /** Longest value in characters. */
    public static final int MAX_VALUE_LENGTH = 3800;

    public Cookie {
        if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new IllegalArgumentException("a cookie cannot be named \"" + name + "\"");
        }
        if (value.length() > MAX_VALUE_LENGTH || !value.chars().allMatch(Cookie::mayStandInValue)) {
            throw new IllegalArgumentException(
                    "the value of cookie " + name + " is too long or has forbidden characters");
        }
    }

    /** A cookie until the browser closes. */
    public static Cookie of(String name, String value) {
        return new Cookie(name, value, Optional.empty(), false, SameSite.LAX);
    }

    /** Takes a cookie away. */
    public static Cookie removed(String name) {
        return of(name, "").keptFor(Duration.ZERO);
    }

    public Cookie keptFor(Duration duration) {
        return new Cookie(name, value, Optional.of(duration), secure, sameSite);
    }

    public Cookie secure(boolean only) {
        return new Cookie(name, value, maxAge, only, sameSite);
    }

    public Cookie strict() {
        return new Cookie(name, value, maxAge, secure, SameSite.STRICT);
    }

    String headerValue() {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite="
                + (sameSite == SameSite.STRICT ? "Strict" : "Lax")
                + maxAge.map(age -> "; Max-Age=" + age.toSeconds()).orElse("")
                + (secure ? "; Secure" : "");
    }

    private static boolean mayStandInValue(int c) {
        return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    }
}
