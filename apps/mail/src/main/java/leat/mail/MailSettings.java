package leat.mail;

import java.time.Duration;
import java.util.Optional;

/**
 * Where mail goes out.
 *
 * @param user signs in with this name and the password; empty for a server that asks for none
 * @param from an address, or a name with an address in angle brackets
 * @param perHour letters to one address in an hour
 */
public record MailSettings(
        String host,
        int port,
        Tls tls,
        Optional<String> user,
        Optional<String> password,
        String from,
        int perHour,
        Duration timeout) {
    /** Letters to one address in an hour, usually. */
    public static final int PER_HOUR = 30;

    /** How the connection is encrypted. */
    public enum Tls {
        /** Not at all; for a server on this machine. */
        OFF,
        /** Begins in the clear and is encrypted before anything is said; without that, nothing is sent. */
        STARTTLS,
        /** From the first byte. */
        TLS
    }

    /** Whether the sender's address is one. */
    public boolean isFromSomebody() {
        return Postman.isAddress(from);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
