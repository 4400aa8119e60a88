package leat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import org.junit.jupiter.api.Test;

class RequestTest {
    record Mock(String name, int port, Optional<String> note, List<Rule> rules, Kind kind) {}

    record Rule(String path, boolean on) {}

    enum Kind {
        OPEN,
        CLOSED
    }

    private static final String GOOD =
            "{\"name\":\"pets\",\"port\":80,\"rules\":[{\"path\":\"/\",\"on\":true}],\"kind\":\"OPEN\"}";

    private static Request request(String path, String... headers) {
        return Request.of("GET", path, Headers.of(headers), new byte[0]);
    }

    private static Request json(String body) {
        return Request.of(
                "PUT",
                "/",
                Headers.of("Content-Type", "application/json; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Request form(String contentType, String body) {
        return Request.of(
                "POST", "/", Headers.of("Content-Type", contentType), body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Refusal refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call);
        assertThat(refused).isNotNull();
        return refused.refusal();
    }

    private static void refusedAt(String body, String field, String code) {
        Refusal refusal = refusal(() -> json(body).json(Mock.class));
        assertThat(refusal.code()).isEqualTo("request.malformed");
        assertThat(refusal.violations()).as(body).hasSize(1);
        assertThat(refusal.violations().getFirst().field()).as(body).isEqualTo(field);
        assertThat(refusal.violations().getFirst().code()).as(body).isEqualTo(code);
    }

    @Test
    void a_body_that_fits_is_read() {
        assertThat(json(GOOD).json(Mock.class))
                .isEqualTo(new Mock("pets", 80, Optional.empty(), List.of(new Rule("/", true)), Kind.OPEN));
    }

    @Test
    void a_body_that_does_not_fit_is_refused_at_its_field() {
        refusedAt(GOOD.replace("80", "\"80\""), "port", "type");
        refusedAt(GOOD.replace("80", "1.5"), "port", "type");
        refusedAt(GOOD.replace("80", "99999999999"), "port", "type");
        refusedAt(GOOD.replace("80", "null"), "port", "type");
        refusedAt(GOOD.replace("\"pets\"", "5"), "name", "type");
        refusedAt(GOOD.replace("true", "\"yes\""), "rules.0.on", "type");
        refusedAt(GOOD.replace("OPEN", "AJAR"), "kind", "type");
        refusedAt(GOOD.replace("\"on\"", "\"off\""), "rules.0.off", "unknown");
        refusedAt(GOOD.replace("\"pets\"", "null"), "name", "missing");
        refusedAt(GOOD.replace("\"name\":\"pets\",", ""), "name", "missing");
        refusedAt(GOOD.replace("\"port\":80,", ""), "port", "missing");
        refusedAt(GOOD.replace("\"path\":\"/\",", ""), "rules.0.path", "missing");
        refusedAt(GOOD.replace("{\"path\":\"/\",\"on\":true}", "null"), "rules.0", "missing");
    }

    @Test
    void a_body_that_is_no_json_is_refused_with_line_and_column() {
        Refusal refusal = refusal(() -> json("{\n  \"name\": pets}").json(Mock.class));
        assertThat(refusal.details()).containsEntry("line", 2).containsKey("column");
        assertThat(refusal.message()).contains("line 2");
        refusedAt("", "body", "missing");
        refusedAt("null", "body", "missing");
        refusedAt(GOOD + "x", "body", "syntax");
        refusedAt(GOOD + "{}", "body", "syntax");
        refusedAt("[]", "body", "type");
    }

    @Test
    void a_member_given_twice_is_refused() {
        assertThat(refusal(() -> json(GOOD.replace("{\"name\"", "{\"name\":\"x\",\"name\""))
                                .json(Mock.class))
                        .code())
                .isEqualTo("request.malformed");
    }

    @Test
    void another_content_type_is_refused() {
        Request text =
                Request.of("PUT", "/", Headers.of("Content-Type", "text/plain"), GOOD.getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(() -> text.json(Mock.class)).code()).isEqualTo("request.media-type");
    }

    @Test
    void if_match_is_one_quoted_version() {
        assertThat(request("/", "If-Match", "\"7\"").ifMatch()).contains(7L);
        assertThat(request("/", "If-Match", "*").ifMatch()).isEmpty();
        assertThat(request("/").ifMatch()).isEmpty();
        for (String bad : List.of("7", "\"x\"", "W/\"7\"", "\"7\", \"8\"", "\"-1\"", "\"99999999999999999999\"", "")) {
            assertThat(refusal(() -> request("/", "If-Match", bad).ifMatch()).kind())
                    .isEqualTo(Refusal.Kind.INVALID);
        }
    }

    @Test
    void an_idempotency_key_is_a_uuid() {
        String key = "0190a5f0-0000-7000-8000-000000000001";
        assertThat(request("/", "Idempotency-Key", key).idempotencyKey())
                .hasValueSatisfying(uuid -> assertThat(uuid).hasToString(key));
        assertThat(request("/").idempotencyKey()).isEmpty();
        for (String bad : List.of("1-1-1-1-1", "x".repeat(36), "")) {
            assertThat(refusal(() -> request("/", "Idempotency-Key", bad).idempotencyKey())
                            .kind())
                    .isEqualTo(Refusal.Kind.INVALID);
        }
    }

    @Test
    void headers_are_found_in_any_case_and_cookies_by_name() {
        Request request = request("/", "X-Thing", "1", "x-thing", "2", "Cookie", "a=1; b=\"2\"; a=3");
        assertThat(request.headers().all("X-THING")).containsExactly("1", "2");
        assertThat(request.cookie("a")).contains("1");
        assertThat(request.cookie("b")).contains("2");
        assertThat(request.cookie("c")).isEmpty();
    }

    @Test
    void the_query_is_decoded() {
        Request request = request("/?a=1&a=2&b=x+y%26&c&=&d=%C3%A4");
        assertThat(request.queryAll("a")).containsExactly("1", "2");
        assertThat(request.query("b")).contains("x y&");
        assertThat(request.query("c")).contains("");
        assertThat(request.query("d")).contains("ä");
        assertThat(refusal(() -> request("/?" + "a&".repeat(1001)).query("a")).code())
                .isEqualTo("request.malformed");
    }

    @Test
    void next_leads_nowhere_else() {
        assertThat(request("/sign-in?next=%2Fmocks%3Fx%3D1").next()).contains("/mocks?x=1");
        for (String bad : List.of(
                "https://evil.example",
                "//evil.example",
                "/%5Cevil.example",
                "%5C%5Cevil",
                "javascript:alert(1)",
                "/%09/evil",
                "/%0d%0aX:1",
                "mocks")) {
            assertThat(request("/sign-in?next=" + bad).next()).as(bad).isEmpty();
        }
    }

    @Test
    void the_language_liked_best_is_taken() {
        assertThat(request("/", "Accept-Language", "en;q=0.5, de-CH").locale()).isEqualTo(Locale.of("de", "CH"));
        assertThat(request("/", "Accept-Language", ";;;").locale()).isEqualTo(Locale.ENGLISH);
        assertThat(request("/").locale()).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void an_urlencoded_form_is_read() {
        Form form = form("application/x-www-form-urlencoded", "a=1&a=2&b=%0Ax").form();
        assertThat(form.all("a")).containsExactly("1", "2");
        assertThat(form.first("b")).contains("\nx");
        assertThat(form.fields()).containsOnlyKeys("a", "b");
    }

    @Test
    void a_multipart_form_gives_fields_and_files() {
        String body = String.join(
                "\r\n",
                "--B1",
                "Content-Disposition: form-data; name=\"title\"",
                "",
                "Pets",
                "--B1",
                "Content-Disposition: form-data; name=\"file\"; filename=\"../up/pets.yaml\"",
                "Content-Type: text/yaml",
                "",
                "a: 1",
                "--B",
                "\u0000",
                "--B1",
                "Content-Disposition: form-data; name=\"none\"; filename=\"\"",
                "",
                "",
                "--B1",
                "Content-Disposition: form-data; name=\"empty\"",
                "",
                "",
                "--B1--",
                "");
        Form form = form("multipart/form-data; boundary=B1", body).form();
        assertThat(form.first("title")).contains("Pets");
        assertThat(form.first("empty")).contains("");
        assertThat(form.file("none")).isEmpty();
        Form.Upload file = form.file("file").orElseThrow();
        assertThat(file.fileName()).isEqualTo("pets.yaml");
        assertThat(file.mediaType()).isEqualTo("text/yaml");
        assertThat(new String(file.bytes(), StandardCharsets.ISO_8859_1)).isEqualTo("a: 1\r\n--B\r\n\u0000");
    }

    @Test
    void a_broken_multipart_form_is_refused() {
        String part = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        for (Map.Entry<String, String> bad : List.of(
                Map.entry("multipart/form-data", part + "--B--"),
                Map.entry("multipart/form-data; boundary=B", ""),
                Map.entry("multipart/form-data; boundary=B", "hello"),
                Map.entry("multipart/form-data; boundary=B", part),
                Map.entry("multipart/form-data; boundary=B", "--B\r\nX: y\r\n\r\n1\r\n--B--"),
                Map.entry("multipart/form-data; boundary=B", "--B\r\nX: " + "y".repeat(9000) + "\r\n\r\n1\r\n--B--"),
                Map.entry("multipart/form-data; boundary=B", part.repeat(201) + "--B--"))) {
            assertThat(refusal(() -> form(bad.getKey(), bad.getValue()).form()).code())
                    .isEqualTo("request.malformed");
        }
    }

    @Test
    void paging_has_a_usual_limit_and_an_opaque_cursor() {
        assertThat(Paging.of(request("/"))).isEqualTo(new Paging(Optional.empty(), 50));
        Paging two = Paging.of(request("/?limit=2"));
        Page<String> page = Page.of(List.of("a", "b", "c"), two, item -> "k/" + item);
        assertThat(page.items()).containsExactly("a", "b");
        String cursor = page.next().orElseThrow();
        assertThat(Paging.of(request("/?limit=2&after=" + cursor)).after()).contains("k/b");
        assertThat(Page.of(List.of("a", "b"), two, item -> item).next()).isEmpty();
        assertThat(Response.page(request("/api/x?limit=2&q=a%20b"), page).header("Link"))
                .contains("</api/x?limit=2&q=a+b&after=" + cursor + ">; rel=\"next\"");
    }

    @Test
    void a_bad_page_is_refused() {
        for (String bad : List.of("0", "201", "x", "-1", "")) {
            assertThat(refusal(() -> Paging.of(request("/?limit=" + bad))).code())
                    .isEqualTo("paging.limit");
        }
        for (String bad : List.of("", "!", "_w", "A".repeat(513))) {
            assertThat(refusal(() -> Paging.of(request("/?after=" + bad))).code())
                    .isEqualTo("paging.cursor");
        }
    }

    @Test
    void a_proxy_is_believed_only_when_it_is_trusted() {
        var proxies = new TrustedProxies(List.of("10.0.0.0/8", "::1"));
        Headers headers = Headers.of("X-Forwarded-For", "1.1.1.1, 2.2.2.2, 10.0.0.9", "X-Forwarded-Proto", "https");
        assertThat(proxies.client("10.1.2.3", headers)).isEqualTo("2.2.2.2");
        assertThat(proxies.client("::1", headers)).isEqualTo("2.2.2.2");
        assertThat(proxies.client("9.9.9.9", headers)).isEqualTo("9.9.9.9");
        assertThat(proxies.client("10.1.2.3", Headers.of("X-Forwarded-For", "evil.example, [2001:db8::1]:443")))
                .isEqualTo("2001:db8::1");
        assertThat(proxies.client("10.1.2.3", Headers.of("X-Forwarded-For", "localhost")))
                .isEqualTo("10.1.2.3");
        assertThat(proxies.saysHttps("10.1.2.3", headers)).isTrue();
        assertThat(proxies.saysHttps("9.9.9.9", headers)).isFalse();
    }
}
