package leat.platform;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import leat.mail.MailSettings;
import leat.platform.cluster.Ports;

/** Reads settings as what they mean; what is wrong is told with where it was set and what it may be. */
record SettingReader(Configuration configuration) {
    String host() {
        String text = configuration.text(Setting.HOST);
        if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace)) {
            throw wrong(Setting.HOST, "an address or host name, such as 127.0.0.1");
        }
        return text;
    }

    int number(Setting setting, int least, int most) {
        Supplier<StartFailure> wrong = () -> wrong(setting, "a number from " + least + " to " + most);
        try {
            int number = Integer.parseInt(configuration.text(setting));
            if (number < least || number > most) {
                throw wrong.get();
            }
            return number;
        } catch (NumberFormatException e) {
            // Kubernetes gives each container such a variable for a service named "leat".
            if (configuration.text(setting).startsWith("tcp://")) {
                throw StartFailure.misconfigured("LEAT_PORT was set by Kubernetes for a service named leat;"
                        + " set enableServiceLinks: false in the pod, or give --port.");
            }
            throw wrong.get();
        }
    }

    Path folder() {
        try {
            Path folder = Path.of(configuration.text(Setting.DATA));
            if (!configuration.text(Setting.DATA).isEmpty()) {
                return folder.toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw wrong(Setting.DATA, "a folder");
    }

    Optional<URI> baseUrl() {
        String text = configuration.text(Setting.BASE_URL);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text.replaceAll("/+$", ""));
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web
                    && url.getHost() != null
                    && url.getRawPath().isEmpty()
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw wrong(Setting.BASE_URL, "an address without a path, such as https://leat.example.org");
    }

    List<String> list(Setting setting) {
        return Arrays.stream(configuration.text(setting).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    Optional<String> metricsToken() {
        String text = configuration.text(Setting.METRICS_TOKEN);
        if (!text.isEmpty() && text.length() < 16) {
            throw StartFailure.misconfigured("metrics-token, from " + configuration.origin(Setting.METRICS_TOKEN)
                    + ", is too short; make it 16 characters or more.");
        }
        return Optional.of(text).filter(token -> !token.isEmpty());
    }

    Optional<String> secretKey() {
        String text = configuration.text(Setting.SECRET_KEY);
        if (!text.isEmpty() && text.length() < 32) {
            throw StartFailure.misconfigured("secret-key, from " + configuration.origin(Setting.SECRET_KEY)
                    + ", is too short; make it 32 characters or more.");
        }
        return Optional.of(text).filter(key -> !key.isEmpty());
    }

    boolean truth(Setting setting) {
        return switch (configuration.text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(setting, "true or false");
        };
    }

    /** Empty without a mail server; the other settings of mail would then have no effect, and are refused. */
    Optional<MailSettings> mail() {
        Optional<String> host = text(Setting.MAIL_HOST);
        if (host.isEmpty()) {
            for (Setting setting : List.of(Setting.MAIL_USER, Setting.MAIL_PASSWORD, Setting.MAIL_FROM)) {
                if (configuration.isSet(setting)) {
                    throw StartFailure.misconfigured(setting.key() + " is set, from " + configuration.origin(setting)
                            + ", but mail-host is not, so that no mail would be sent; set mail-host.");
                }
            }
            return Optional.empty();
        }
        MailSettings.Tls tls = switch (configuration.text(Setting.MAIL_TLS)) {
            case "starttls" -> MailSettings.Tls.STARTTLS;
            case "tls" -> MailSettings.Tls.TLS;
            case "off" -> MailSettings.Tls.OFF;
            default -> throw wrong(Setting.MAIL_TLS, "starttls, tls or off");
        };
        var mail = new MailSettings(
                host.get(),
                number(Setting.MAIL_PORT, 1, 65_535),
                tls,
                text(Setting.MAIL_USER),
                text(Setting.MAIL_PASSWORD),
                configuration.text(Setting.MAIL_FROM),
                MailSettings.PER_HOUR,
                Duration.ofSeconds(20));
        if (!mail.isFromSomebody()) {
            throw wrong(Setting.MAIL_FROM, "an address to send mail from, such as Leat <leat@example.org>");
        }
        return Optional.of(mail);
    }

    System.Logger.Level logLevel() {
        return switch (configuration.text(Setting.LOG_LEVEL).toLowerCase(Locale.ROOT)) {
            case "error" -> System.Logger.Level.ERROR;
            case "warning" -> System.Logger.Level.WARNING;
            case "info" -> System.Logger.Level.INFO;
            case "debug" -> System.Logger.Level.DEBUG;
            default -> throw wrong(Setting.LOG_LEVEL, "error, warning, info or debug");
        };
    }

    /** With other nodes about, who must know it beforehand, a free port is picked now rather than by the listener. */
    int port() {
        int port = number(Setting.PORT, 0, 65_535);
        if (port != 0 || configuration.text(Setting.ENGINE).equals("embedded")) {
            return port;
        }
        try {
            return Ports.free();
        } catch (IOException e) {
            throw StartFailure.impossible("No port of this machine is free: " + e.getMessage() + ".");
        }
    }

    /** A setting that may be left empty. */
    Optional<String> text(Setting setting) {
        return Optional.of(configuration.text(setting)).filter(text -> !text.isEmpty());
    }

    /** A file that is to be read, when one is named. */
    Optional<Path> file(Setting setting) {
        return text(setting).map(text -> {
            try {
                Path file = Path.of(text).toAbsolutePath().normalize();
                if (Files.isReadable(file)) {
                    return file;
                }
            } catch (InvalidPathException e) {
                // told below
            }
            throw wrong(setting, "a file that can be read");
        });
    }

    /** Empty for the embedded engine; settings of the other are then refused, for they would have no effect. */
    Optional<DistributedSettings> distributed(int port) {
        return switch (configuration.text(Setting.ENGINE)) {
            case "embedded" -> embedded();
            case "distributed" -> Optional.of(DistributedSettings.of(this, port));
            default -> throw wrong(Setting.ENGINE, "embedded or distributed");
        };
    }

    private Optional<DistributedSettings> embedded() {
        for (Setting setting : Setting.values()) {
            if (setting.distributedOnly() && configuration.isSet(setting)) {
                throw StartFailure.misconfigured(setting.key() + " is set, from " + configuration.origin(setting)
                        + ", but the engine is embedded, which has no use for it; set engine = distributed.");
            }
        }
        return Optional.empty();
    }

    StartFailure wrong(Setting setting, String expected) {
        return StartFailure.misconfigured(setting.key() + " is \"" + configuration.text(setting) + "\", from "
                + configuration.origin(setting) + "; it must be " + expected + ".");
    }
}
