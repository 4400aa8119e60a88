package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnerLinkTest {
    private static final String PASSWORD = "a long enough sentence";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void an_owner_who_lost_the_password_comes_back_by_a_link_made_on_the_data_folder() throws Exception {
        try (Installation leat = start()) {
            try (Browser olga = new Browser()) {
                olga.get(leat.firstSignIn().orElseThrow());
                Map<String, String> form =
                        Map.of("name", "olga", "organization", "acme", "password", PASSWORD, "repeated", PASSWORD);
                assertThat(olga.post(leat.url() + "/first-sign-in", form).statusCode())
                        .isEqualTo(200);
            }
        }

        assertThat(run("--base-url", "http://localhost:1")).isZero();
        String link = text(out).strip();
        assertThat(link).startsWith("http://localhost:1/first-sign-in?link=").doesNotContain("\n");
        assertThat(text(err)).contains("once, within a day").doesNotContain("link=");

        try (Installation leat = start();
                Browser back = new Browser()) {
            assertThat(leat.firstSignIn()).as("a start leaves the link be").isEmpty();
            String here = link.replace("http://localhost:1", leat.url().toString());
            assertThat(back.get(here).body()).contains("Welcome back, olga");
            back.post(leat.url() + "/first-sign-in", Map.of());
            assertThat(back.get(leat.url() + "/api/accounts/me").body()).contains("\"olga\"");
        }
    }

    @Test
    void it_uses_the_address_that_people_type() {
        try (Installation _ = start()) {
            // makes a data folder
        }
        assertThat(run("--port", "8123")).isZero();
        assertThat(text(out)).startsWith("http://localhost:8123/first-sign-in?link=");
    }

    @Test
    void it_says_that_a_running_leat_must_be_stopped_first() {
        try (Installation _ = start()) {
            assertThat(run()).isEqualTo(StartFailure.IMPOSSIBLE);
        }
        assertThat(text(err))
                .startsWith("leat: ")
                .contains("in use", "Stop that process")
                .hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void it_makes_no_data_folder_and_guesses_no_port() {
        assertThat(run()).isEqualTo(StartFailure.IMPOSSIBLE);
        assertThat(text(err)).contains("There is no data folder");
        assertThat(run("--port", "0")).isEqualTo(StartFailure.MISCONFIGURED);
        assertThat(text(err)).contains("--base-url");
        assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }

    private Installation start() {
        Settings settings = Settings.of(Configuration.read(List.of("--data", data(), "--port", "0"), Map.of(), folder));
        Installation leat = Installation.start(settings, Main::open, Main::modules);
        assertThat(leat.awaitReady(Duration.ofSeconds(20))).isTrue();
        return leat;
    }

    private int run(String... flags) {
        String[] all =
                Stream.concat(Stream.of("--data", data()), Stream.of(flags)).toArray(String[]::new);
        return OwnerLink.run(new PrintStream(out, true), new PrintStream(err, true), Map.of(), all);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Keeps cookies and follows redirections. */
    private static final class Browser implements AutoCloseable {
        private final HttpClient http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        HttpResponse<String> get(String url) throws IOException, InterruptedException {
            return http.send(request(url).build(), BodyHandlers.ofString());
        }

        HttpResponse<String> post(String url, Map<String, String> form) throws IOException, InterruptedException {
            String body = form.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return http.send(
                    request(url)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Accept", "text/html")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }

        private static HttpRequest.Builder request(String url) {
            return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
