package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a caller of a mock meets, over real sockets. */
final class ServingTest {
    private static final String MANY = """
            - endpoint:
                path: /page
                response:
                  headers:
                    Content-Type: text/html
                    Set-Cookie: a=b; Domain=localhost; Path=/
                    Clear-Site-Data: '"cookies"'
                    Content-Security-Policy: default-src *
                  body: <script>alert(1)</script>
            - endpoint:
                path: /echo
                response:
                  headers: {Content-Type: text/plain}
                  body: "cookie={{header-params.Cookie}} auth={{header-params.Authorization}} x={{header-params.X-Mine}}"
            - endpoint:
                method: POST
                path: /sum
                response:
                  status: 201
                  body: '{"total": {{json-params.a|add:1}}}'
            - endpoint:
                path: /none
                response: {status: 204}
            - endpoint:
                path: /all
                response:
                  headers: {Content-Type: text/plain}
                  body: "{% for h in header-params %}{{h.0}};{% endfor %}"
            """;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Running running;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String id;

    @BeforeAll
    static void start() {
        running = Running.inMemory();
        id = running.published("hello", Running.HELLO);
        running.published("many", MANY);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Running.Answer atHost(String host, String path, String... headers) {
        return running.get(path, with(headers, "Host", host));
    }

    private static String[] with(String[] headers, String name, String value) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    @Test
    void a_published_mock_answers_at_its_host() {
        Running.Answer answer = atHost("hello-acme.localhost:" + running.server.port(), "/hello/ada");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text().strip()).isEqualTo("{\"hello\": \"ada!\"}");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("content-security-policy")).isEmpty();
        assertThat(atHost("HELLO-ACME.LOCALHOST", "/hello/ada").status()).isEqualTo(200);
    }

    @Test
    void it_answers_under_its_path_as_well() {
        Running.Answer answer = running.get("/m/acme/hello/hello/ada");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text().strip()).isEqualTo("{\"hello\": \"ada!\"}");
        assertThat(answer.header("content-security-policy")).isEqualTo("sandbox");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void http_2_finds_the_mock_by_its_authority() {
        Vertx vertx = Vertx.vertx();
        try {
            var client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            var target = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(running.server.port(), "127.0.0.1"))
                    .setHost("hello-acme.localhost")
                    .setPort(running.server.port())
                    .setURI("/hello/ada");
            String answer = client.request(target)
                    .compose(HttpClientRequest::send)
                    .compose(response -> response.body().map(body -> response.version() + " " + body))
                    .await();

            assertThat(answer.strip()).isEqualTo("HTTP_2 {\"hello\": \"ada!\"}");
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void an_unknown_host_under_ours_says_so() {
        Running.Answer answer = atHost("nothing-acme.localhost", "/");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("mock.absent");
        assertThat(answer.json().path("detail").asString()).contains("nothing-acme.localhost");
        assertThat(running.get("/m/acme/nothing/x").code()).isEqualTo("mock.absent");
        assertThat(running.get("/m/").code()).isEqualTo("mock.absent");
    }

    @Test
    void a_miss_says_what_is_nearest() {
        Running.Answer answer = running.get("/m/acme/hello/helo/ada");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("mock.no-route");
        assertThat(answer.text()).contains("GET /hello/:username");
    }

    @Test
    void head_tells_the_length_without_the_body() {
        Running.Answer answer = running.send("HEAD", "/m/acme/hello/hello/ada", new byte[0]);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEmpty();
        assertThat(answer.header("content-length"))
                .isEqualTo(running.get("/m/acme/hello/hello/ada").header("content-length"));
    }

    @Test
    void an_answer_without_a_body_has_none() {
        assertThat(running.get("/m/acme/many/none").status()).isEqualTo(204);
    }

    @Test
    void a_body_is_read_up_to_its_limit() {
        assertThat(running.send("POST", "/m/acme/many/sum", "{\"a\": 41}".getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo("{\"total\": 42}");
        assertThat(running.send("POST", "/m/acme/many/sum", new byte[(1 << 20) + 1])
                        .status())
                .isEqualTo(413);
    }

    @Test
    void under_the_products_origin_an_answer_is_harmless() {
        Running.Answer answer = running.get("/m/acme/many/page");

        assertThat(answer.header("content-security-policy")).isEqualTo("sandbox");
        assertThat(answer.header("set-cookie")).isEmpty();
        assertThat(answer.header("clear-site-data")).isEmpty();
        assertThat(running.get("/m/acme/many/page", "Sec-Fetch-Dest", "script").status())
                .isEqualTo(403);
        assertThat(running.get("/m/acme/many/page", "Sec-Fetch-Dest", "serviceworker")
                        .status())
                .isEqualTo(403);
        assertThat(running.get("/m/acme/many/page", "Sec-Fetch-Dest", "document")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void at_its_own_host_a_mock_speaks_for_itself_but_sets_no_cookie_for_others() {
        Running.Answer answer = atHost("many-acme.localhost", "/page");

        assertThat(answer.header("content-security-policy")).isEqualTo("default-src *");
        assertThat(answer.header("set-cookie")).isEqualTo("a=b; Path=/");
    }

    @Test
    void cookies_and_credentials_of_the_product_do_not_reach_a_mock() {
        assertThat(running.get("/m/acme/many/echo", "Cookie", "session=1", "Authorization", "Bearer x", "X-Mine", "7")
                        .text())
                .isEqualTo("cookie= auth= x=7");
        assertThat(running.get("/m/acme/many/all", "Cookie", "session=1").text().toLowerCase(Locale.ROOT))
                .contains("user-agent;")
                .doesNotContain("cookie");
        assertThat(atHost("many-acme.localhost", "/echo", "Cookie", "own=1", "Authorization", "Bearer x")
                        .text())
                .isEqualTo("cookie=own=1 auth=Bearer x x=");
    }

    @Test
    void a_path_of_10_000_characters_is_refused_in_words() {
        assertThat(running.get("/m/acme/hello/" + "a".repeat(10_000)).status()).isEqualTo(414);
    }

    @Test
    void requests_are_remembered_with_their_reasons_and_without_secrets() {
        running.as("acme-viewer", "GET", "/api/mocks/mocks/" + id);
        atHost("hello-acme.localhost", "/hello/log?x=1", "Authorization", "Bearer s3cret", "X-Api-Key", "s3cret");
        running.get("/m/acme/hello/missing");

        Running.Answer log = running.as("acme-viewer", "GET", "/api/mocks/mocks/" + id + "/requests");

        assertThat(log.text())
                .contains("/hello/log?x=1")
                .contains("mock.no-route")
                .doesNotContain("s3cret");
        assertThat(log.json().path("counts").path("requests").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(log.json().path("counts").path("misses").asLong()).isGreaterThanOrEqualTo(1);
    }
}
