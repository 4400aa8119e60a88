package leat.engine.distributed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where NATS is and how to sign in; printing it shows no secret.
 *
 * @param servers addresses such as {@code nats://bus:4222}, or {@code tls://…}; at least one
 * @param space one word that begins every subject, so that several Leats can share a NATS without meeting
 * @param trust a file of PEM certificates that TLS trusts instead of the JDK's; none uses the JDK's
 */
public record NatsSettings(List<String> servers, String space, SignIn signIn, Optional<Path> trust) {
    private static final Pattern SPACE = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    public NatsSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("NATS needs at least one address, such as nats://localhost:4222");
        }
        if (!SPACE.matcher(space).matches()) {
            throw new IllegalArgumentException(
                    "\"" + space + "\" is no space on NATS: 1 to 40 letters, digits, '_' and '-'");
        }
    }

    /** A NATS that lets everybody in, at one address. */
    public static NatsSettings at(String server) {
        return new NatsSettings(List.of(server), "leat", new Nobody(), Optional.empty());
    }

    /** How this process says who it is. */
    public sealed interface SignIn {}

    /** Not at all. */
    public record Nobody() implements SignIn {}

    /** With a name and a password. */
    public record User(String name, String password) implements SignIn {
        @Override
        public String toString() {
            return "user " + name;
        }
    }

    /** With a token. */
    public record Token(String token) implements SignIn {
        @Override
        public String toString() {
            return "a token";
        }
    }

    /** With a credentials file, which holds a JWT and the seed of its key. */
    public record Credentials(Path file) implements SignIn {}

    /** With a key pair, from a file that holds its seed. */
    public record Key(Path seedFile) implements SignIn {}
}
