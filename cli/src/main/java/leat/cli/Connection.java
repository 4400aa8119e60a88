package leat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Which server to ask, and as whom.
 *
 * @param url without a slash at its end
 * @param token empty to ask as nobody
 */
record Connection(URI url, Optional<String> token) {
    static final String USUAL_URL = "http://localhost:8080";

    /** The option, then the environment, then the last sign-in; a stored token goes to the server that gave it only. */
    static Connection find(Options options, Surroundings surroundings) {
        Credentials credentials = Credentials.in(surroundings.settings());
        URI url = url(options, surroundings, credentials);
        Optional<String> token = options.token
                .map(given -> given.equals("-") ? readToken(surroundings) : given)
                .or(() -> surroundings.variable("LEAT_TOKEN"))
                .or(() -> credentials.token(url));
        return new Connection(url, token.map(String::strip));
    }

    static URI url(Options options, Surroundings surroundings, Credentials credentials) {
        return parse(options.url
                .or(() -> surroundings.variable("LEAT_URL"))
                .or(credentials::current)
                .orElse(USUAL_URL));
    }

    static URI parse(String text) {
        try {
            URI url = new URI(text.strip());
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                String path = url.getRawPath().replaceAll("/+$", "");
                return URI.create(scheme + "://" + url.getRawAuthority().toLowerCase(Locale.ROOT) + path);
            }
        } catch (URISyntaxException e) {
            // answered below, with the same words
        }
        throw CommandFailure.usage(
                "\"" + Table.plain(text) + "\" is no address of a server; it looks like " + USUAL_URL + ".");
    }

    private static String readToken(Surroundings surroundings) {
        try {
            String line =
                    new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)).readLine();
            if (line == null || line.isBlank()) {
                throw CommandFailure.usage("No token came in on standard input.");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
