package leat.platform;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set, in one table: as a flag {@code --name}, a variable {@code LEAT_NAME} of the environment, or a
 * line {@code name = value} of the file. See {@link Settings} for what each means.
 */
enum Setting {
    HOST("127.0.0.1", "the address to listen on; 0.0.0.0 for all"),
    PORT("8080", "the port to listen on; 0 picks a free one"),
    DATA("data", "the folder where everything is kept; with the distributed engine, what is this node's own"),
    ENGINE("embedded", "embedded: all in the data folder of one process; distributed: shared by nodes"),
    BASE_URL("", "how people reach Leat, such as https://leat.example.org; usually http://localhost:<port>"),
    MODULES("", "the modules to run, with commas between; usually all"),
    TRUSTED_PROXIES("", "addresses or CIDR blocks of proxies whose X-Forwarded-For is believed"),
    METRICS_TOKEN("", "lets a bearer of this token read /metrics from anywhere"),
    SECRET_KEY(
            "",
            "at least 32 characters from which the secrets of webhooks follow; usually made and kept in the data folder"),
    WEBHOOKS_ANYWHERE("false", "true lets webhooks lead into private networks and to this machine"),
    MAIL_HOST("", "the mail server by which mail goes out; without one no mail is sent"),
    MAIL_PORT("587", "its port"),
    MAIL_TLS("starttls", "starttls, tls (from the first byte; usually port 465) or off"),
    MAIL_USER("", "signs in with this name and mail-password"),
    MAIL_PASSWORD("", "the password of mail-user"),
    MAIL_FROM("", "whom mail is from, such as Leat <leat@example.org>"),
    LOG_LEVEL("info", "error, warning, info or debug"),
    DRAIN_DELAY(
            "0", "seconds between saying \"not ready\" and refusing connections, for a balancer to notice; 0 to 300"),
    DRAIN("20", "seconds that requests and tasks under way get to finish when stopping; 1 to 300"),
    NOTES_FILE_MIB("25", "MiB of the largest file that may be attached to a note; 1 to 60"),
    NOTES_QUOTA_MIB("2048", "MiB of all files that an organization may attach to its notes; 0 to 1048576"),
    NOTES_IMPORT_MIB("1024", "MiB of the largest file that notes are imported from; 1 to 4096"),

    NODE("", "this node's name, unlike all others'; usually the machine's name"),
    NODE_ADDRESS(
            "", "host:port by which other nodes reach this one; usually the machine's name, or the address in host"),
    POSTGRES_URL("postgresql://localhost:5432/leat", "where PostgreSQL 15 or newer is, and the database"),
    POSTGRES_USER("leat", "the owner of that database"),
    POSTGRES_PASSWORD("", "its password"),
    POSTGRES_TLS("off", "off, encrypted (whoever the server is) or verified (its certificate is checked)"),
    POSTGRES_CONNECTIONS("10", "connections for reading the journal, and as many for views; 2 to 200"),
    NATS_URL("nats://localhost:4222", "where NATS 2.9 or newer is; several with commas between; tls://… for TLS"),
    NATS_USER("", "signs in with this name and nats-password"),
    NATS_PASSWORD("", "the password of nats-user"),
    NATS_TOKEN("", "signs in with this token"),
    NATS_CREDENTIALS("", "signs in with this credentials file"),
    NATS_KEY("", "signs in with the key pair whose seed is in this file"),
    NATS_TRUST("", "a PEM file of the certificates that TLS to NATS trusts; usually the JDK's"),
    NATS_SPACE("leat", "begins every subject, so that several Leats can share a NATS"),
    S3_BUCKET(
            "",
            "the bucket for blobs and logs; without one they are files of this node, and no other may run beside it"),
    S3_ENDPOINT("", "where S3 is, such as http://s3:9000; usually Amazon's for the region"),
    S3_REGION("us-east-1", "the region; a server of one's own takes any"),
    S3_PATH_STYLE("false", "true puts the bucket into the path, as a server of one's own often needs"),
    S3_PREFIX("", "begins every key, so that several Leats can share a bucket; ends in a slash"),
    S3_ACCESS_KEY("", "the access key"),
    S3_SECRET_KEY("", "its secret"),
    MASTER_KEY(
            "",
            "wraps the keys of what is personal: 32 bytes in Base64, the same on all nodes; former ones after commas");

    private final String usual;
    private final String description;

    Setting(String usual, String description) {
        this.usual = usual;
        this.description = description;
    }

    String usual() {
        return usual;
    }

    String description() {
        return description;
    }

    /** As in the file, and after {@code --}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String variable() {
        return "LEAT_" + name();
    }

    /** Whether it must not be shown, nor stand on a command line; {@code <key>-file} then names a file that holds it. */
    boolean secret() {
        return this == METRICS_TOKEN
                || this == SECRET_KEY
                || this == MAIL_PASSWORD
                || this == POSTGRES_PASSWORD
                || this == NATS_PASSWORD
                || this == NATS_TOKEN
                || this == S3_SECRET_KEY
                || this == MASTER_KEY;
    }

    /** Whether the embedded engine has no use for it. */
    boolean distributedOnly() {
        return compareTo(NODE) >= 0;
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    /** The setting whose name is most like a mistyped one; empty when none is near. */
    static Optional<Setting> like(String key) {
        return Arrays.stream(values())
                .filter(setting -> distance(setting.key(), key)
                        <= Math.max(2, setting.key().length() / 3))
                .min(Comparator.comparingInt(setting -> distance(setting.key(), key)));
    }

    /** Levenshtein's: how many letters to change, add or leave out. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
