package leat.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How this process runs, checked.
 *
 * @param port 0 picks a free one
 * @param baseUrl how people reach it, without a slash at its end; empty means http://localhost and the port
 * @param modules the names of those to run; empty means all
 * @param metricsToken at least 16 characters
 * @param drainDelay between not being ready and not listening
 * @param drain for requests and tasks under way
 */
record Settings(
        String host,
        int port,
        Path data,
        Optional<URI> baseUrl,
        List<String> modules,
        List<String> trustedProxies,
        Optional<String> metricsToken,
        System.Logger.Level logLevel,
        Duration drainDelay,
        Duration drain) {

    /** @throws StartFailure naming the setting, where it was set, and what it may be */
    static Settings of(Configuration configuration) {
        var reader = new Reader(configuration);
        return new Settings(
                reader.host(),
                reader.number(Setting.PORT, 0, 65_535),
                reader.folder(),
                reader.baseUrl(),
                reader.list(Setting.MODULES),
                reader.list(Setting.TRUSTED_PROXIES),
                reader.metricsToken(),
                reader.logLevel(),
                Duration.ofSeconds(reader.number(Setting.DRAIN_DELAY, 0, 300)),
                Duration.ofSeconds(reader.number(Setting.DRAIN, 1, 300)));
    }

    Settings withData(Path folder) {
        return new Settings(
                host, port, folder, baseUrl, modules, trustedProxies, metricsToken, logLevel, drainDelay, drain);
    }

    private record Reader(Configuration configuration) {
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

        System.Logger.Level logLevel() {
            return switch (configuration.text(Setting.LOG_LEVEL).toLowerCase(Locale.ROOT)) {
                case "error" -> System.Logger.Level.ERROR;
                case "warning" -> System.Logger.Level.WARNING;
                case "info" -> System.Logger.Level.INFO;
                case "debug" -> System.Logger.Level.DEBUG;
                default -> throw wrong(Setting.LOG_LEVEL, "error, warning, info or debug");
            };
        }

        private StartFailure wrong(Setting setting, String expected) {
            return StartFailure.misconfigured(setting.key() + " is \"" + configuration.text(setting) + "\", from "
                    + configuration.origin(setting) + "; it must be " + expected + ".");
        }
    }
}
