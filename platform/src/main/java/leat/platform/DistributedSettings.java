package leat.platform;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import leat.engine.distributed.NatsSettings;
import leat.engine.distributed.PostgresSettings;
import leat.engine.distributed.S3Settings;
import leat.kernel.port.MasterKey;

/**
 * What this process shares with other nodes, and the name by which they know it.
 *
 * @param address host and port by which other nodes reach this one
 * @param s3 empty when blobs are files of this node
 * @param masterKey wraps the keys of people; {@link MasterKey#NONE} when none is set
 * @param node names this node in leases: a letter or digit, then up to 62 more with {@code .}, {@code _} and {@code -}
 */
record DistributedSettings(
        String node,
        String address,
        PostgresSettings postgres,
        NatsSettings nats,
        Optional<S3Settings> s3,
        MasterKey masterKey) {
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s/@]+:[0-9]{1,5}");
    private static final int POSTGRES_PORT = 5432;

    /** @throws StartFailure naming the setting, where it was set, and what it may be */
    static DistributedSettings of(SettingReader reader, int port) {
        return new DistributedSettings(
                node(reader), address(reader, port), postgres(reader), nats(reader), s3(reader), masterKey(reader));
    }

    private static String node(SettingReader reader) {
        String name = reader.text(Setting.NODE).orElseGet(DistributedSettings::machine);
        if (!NODE.matcher(name).matches()) {
            throw reader.wrong(
                    Setting.NODE, "1 to 63 letters, digits, '.', '_' and '-', of which a letter or digit is the first");
        }
        return name;
    }

    private static String address(SettingReader reader, int port) {
        String host = reader.configuration().text(Setting.HOST);
        String address = reader.text(Setting.NODE_ADDRESS)
                .orElseGet(() -> (host.equals("0.0.0.0") || host.equals("::") ? machine() : host) + ":" + port);
        if (!ADDRESS.matcher(address).matches()) {
            throw reader.wrong(Setting.NODE_ADDRESS, "a host and a port, such as node-1.leat:8080");
        }
        return address;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private static PostgresSettings postgres(SettingReader reader) {
        URI url = postgresUrl(reader);
        PostgresSettings plain = PostgresSettings.of(
                url.getHost().replaceAll("[\\[\\]]", ""),
                url.getPort() < 0 ? POSTGRES_PORT : url.getPort(),
                url.getPath().substring(1),
                reader.configuration().text(Setting.POSTGRES_USER),
                reader.configuration().text(Setting.POSTGRES_PASSWORD));
        return new PostgresSettings(
                plain.host(),
                plain.port(),
                plain.database(),
                plain.user(),
                plain.password(),
                tls(reader),
                reader.number(Setting.POSTGRES_CONNECTIONS, 2, 200),
                plain.statement(),
                plain.lock());
    }

    private static URI postgresUrl(SettingReader reader) {
        String expected = "postgresql://host:port/database, without a user, a password or parameters,"
                + " which have settings of their own";
        String text = reader.configuration().text(Setting.POSTGRES_URL);
        try {
            URI url = new URI(text);
            boolean postgres = "postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme());
            if (postgres
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawPath().matches("/[A-Za-z0-9_.-]+")) {
                return url;
            }
            if (url.getRawUserInfo() != null) {
                // It may hold a password, so it is not quoted.
                throw StartFailure.misconfigured("postgres-url, from "
                        + reader.configuration().origin(Setting.POSTGRES_URL) + ", must be " + expected + ".");
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw reader.wrong(Setting.POSTGRES_URL, expected);
    }

    private static PostgresSettings.Tls tls(SettingReader reader) {
        return switch (reader.configuration().text(Setting.POSTGRES_TLS)) {
            case "off" -> PostgresSettings.Tls.OFF;
            case "encrypted" -> PostgresSettings.Tls.ENCRYPTED;
            case "verified" -> PostgresSettings.Tls.VERIFIED;
            default -> throw reader.wrong(Setting.POSTGRES_TLS, "off, encrypted or verified");
        };
    }

    private static NatsSettings nats(SettingReader reader) {
        List<String> servers = reader.list(Setting.NATS_URL);
        for (String server : servers) {
            if (!server.matches("(nats|tls)://[^/@\\s]+")) {
                throw StartFailure.misconfigured("nats-url, from "
                        + reader.configuration().origin(Setting.NATS_URL)
                        + ", must be addresses such as nats://host:4222 or tls://host:4222, with commas between;"
                        + " users and passwords have settings of their own.");
            }
        }
        if (servers.isEmpty()) {
            throw reader.wrong(Setting.NATS_URL, "at least one address, such as nats://host:4222");
        }
        try {
            return new NatsSettings(
                    servers,
                    reader.configuration().text(Setting.NATS_SPACE),
                    natsSignIn(reader),
                    reader.file(Setting.NATS_TRUST));
        } catch (IllegalArgumentException e) {
            throw reader.wrong(Setting.NATS_SPACE, "1 to 40 letters, digits, '_' and '-'");
        }
    }

    private static NatsSettings.SignIn natsSignIn(SettingReader reader) {
        var ways = new ArrayList<NatsSettings.SignIn>();
        Optional<String> user = reader.text(Setting.NATS_USER);
        Optional<String> password = reader.text(Setting.NATS_PASSWORD);
        if (user.isPresent() != password.isPresent()) {
            throw StartFailure.misconfigured("nats-user and nats-password belong together; set both or none.");
        }
        user.ifPresent(name -> ways.add(new NatsSettings.User(name, password.orElseThrow())));
        reader.text(Setting.NATS_TOKEN).ifPresent(token -> ways.add(new NatsSettings.Token(token)));
        reader.file(Setting.NATS_CREDENTIALS).ifPresent(file -> ways.add(new NatsSettings.Credentials(file)));
        reader.file(Setting.NATS_KEY).ifPresent(file -> ways.add(new NatsSettings.Key(file)));
        if (ways.size() > 1) {
            throw StartFailure.misconfigured("There is more than one way to sign in to NATS; set one of nats-user with"
                    + " nats-password, nats-token, nats-credentials and nats-key.");
        }
        return ways.isEmpty() ? new NatsSettings.Nobody() : ways.getFirst();
    }

    private static Optional<S3Settings> s3(SettingReader reader) {
        Optional<String> bucket = reader.text(Setting.S3_BUCKET);
        if (bucket.isEmpty()) {
            for (Setting setting : List.of(Setting.S3_ENDPOINT, Setting.S3_ACCESS_KEY, Setting.S3_SECRET_KEY)) {
                if (reader.configuration().isSet(setting)) {
                    throw StartFailure.misconfigured(setting.key() + " is set, from "
                            + reader.configuration().origin(setting) + ", but no bucket is; set s3-bucket too.");
                }
            }
            return Optional.empty();
        }
        String prefix = reader.configuration().text(Setting.S3_PREFIX);
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw reader.wrong(Setting.S3_PREFIX, "empty, or text that ends in a slash");
        }
        Optional<String> accessKey = reader.text(Setting.S3_ACCESS_KEY);
        Optional<String> secretKey = reader.text(Setting.S3_SECRET_KEY);
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            throw StartFailure.misconfigured("s3-bucket needs both s3-access-key and s3-secret-key.");
        }
        return Optional.of(new S3Settings(
                reader.text(Setting.S3_ENDPOINT).map(text -> endpoint(reader, text)),
                reader.text(Setting.S3_REGION).orElse(Setting.S3_REGION.usual()),
                bucket.get(),
                prefix,
                pathStyle(reader),
                accessKey.get(),
                secretKey.get()));
    }

    private static MasterKey masterKey(SettingReader reader) {
        List<String> keys = reader.list(Setting.MASTER_KEY);
        try {
            return keys.isEmpty() ? MasterKey.NONE : MasterKey.of(keys);
        } catch (IllegalArgumentException e) {
            // It may be half a key, so it is not quoted.
            throw StartFailure.misconfigured(
                    "master-key, from " + reader.configuration().origin(Setting.MASTER_KEY)
                            + ", must be 32 bytes in Base64, as of \"openssl rand -base64 32\"; former keys follow after commas.");
        }
    }

    private static URI endpoint(SettingReader reader, String text) {
        try {
            URI endpoint = new URI(text);
            if (("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                    && endpoint.getHost() != null
                    && endpoint.getRawUserInfo() == null) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw reader.wrong(Setting.S3_ENDPOINT, "an address such as http://s3:9000");
    }

    private static boolean pathStyle(SettingReader reader) {
        return switch (reader.configuration().text(Setting.S3_PATH_STYLE)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw reader.wrong(Setting.S3_PATH_STYLE, "true or false");
        };
    }
}
