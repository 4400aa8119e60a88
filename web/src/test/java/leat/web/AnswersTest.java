package leat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import leat.kernel.OverloadedException;
import leat.kernel.Refusal;
import leat.kernel.port.JournalException;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static Route get(String path, Handler handler) {
        return Route.get(path, Access.anyone(), handler);
    }

    @Test
    void a_refusal_becomes_a_problem_with_all_that_it_says() {
        Refusal refusal = Refusal.invalid(
                        "mock.invalid",
                        "The mock is wrong.",
                        List.of(new Refusal.Violation("name", "long", "Too long.")))
                .with("limit", 60)
                .with("status", 999);
        try (var running = Running.with(get("/a", request -> {
            throw refusal.asException();
        }))) {
            var answer = running.get("/a", "X-Request-Id", "given-by-me-1");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(answer.headers().firstValue("x-request-id")).hasValue("given-by-me-1");
            assertThat(Running.json(answer)).isEqualTo(leat.kernel.Json.tree("""
                            {"type":"/problems/mock.invalid","title":"Bad Request","status":400,
                             "detail":"The mock is wrong.","instance":"given-by-me-1","code":"mock.invalid",
                             "violations":[{"field":"name","code":"long","message":"Too long."}],"limit":60}"""));
        }
    }

    @Test
    void each_kind_of_refusal_has_its_status() {
        for (var expected : Map.of(
                        Refusal.Kind.INVALID, 400,
                        Refusal.Kind.UNAUTHENTICATED, 401,
                        Refusal.Kind.FORBIDDEN, 403,
                        Refusal.Kind.ABSENT, 404,
                        Refusal.Kind.CONFLICT, 409,
                        Refusal.Kind.GONE, 410,
                        Refusal.Kind.STALE, 412,
                        Refusal.Kind.TOO_LARGE, 413,
                        Refusal.Kind.EXHAUSTED, 429)
                .entrySet()) {
            assertThat(Problem.of(Refusal.of(expected.getKey(), "x", "y"), "r").status())
                    .isEqualTo(expected.getValue());
        }
    }

    @Test
    void overload_is_told_503_and_when_to_come_back() {
        try (var running = Running.with(get("/a", request -> {
            throw new OverloadedException("journal", Duration.ofMillis(1200));
        }))) {
            var answer = running.get("/a");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
        }
    }

    @Test
    void a_store_that_is_away_is_told_503_without_saying_where_it_is() {
        try (var running = Running.with(get("/a", request -> {
            throw new JournalException("PostgreSQL at secret.host cannot be reached.");
        }))) {
            var answer = running.get("/a");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
            assertThat(answer.body()).contains("store.unavailable").doesNotContain("secret.host");
        }
    }

    @Test
    void a_fault_says_nothing_but_its_request_id() {
        try (var running = Running.with(get("/a", request -> {
            throw new IllegalStateException("password=hunter2");
        }))) {
            var answer = running.get("/a");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("hunter2").doesNotContain("IllegalState");
            assertThat(Running.json(answer).path("instance").asString())
                    .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
        }
    }

    @Test
    void a_person_gets_a_page_and_the_script_of_a_page_gets_what_it_can_show() {
        try (var running = Running.with(get("/a", request -> {
            throw Refusal.of(Refusal.Kind.CONFLICT, "a.b", "Taken <by> ä.").asException();
        }))) {
            var page = running.get("/a", "Accept", "text/html,*/*");
            assertThat(page.statusCode()).isEqualTo(409);
            assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
            assertThat(page.body()).contains("Taken &lt;by&gt; ä.");
            var part = running.get("/a", "HX-Request", "true");
            assertThat(part.statusCode()).isEqualTo(409);
            assertThat(part.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(leat.kernel.Json.tree(part.body()).path("detail").asString())
                    .isEqualTo("Taken <by> ä.");
        }
    }

    @Test
    void a_request_id_that_is_not_sane_is_replaced() {
        try (var running = Running.with(get("/a", request -> Response.noContent()))) {
            for (String bad : List.of("short", "x".repeat(65), "with space", "<script>alert")) {
                assertThat(running.get("/a", "X-Request-Id", bad).headers().firstValue("x-request-id"))
                        .hasValueSatisfying(
                                id -> assertThat(id).isNotEqualTo(bad).hasSize(13));
            }
        }
    }

    @Test
    void every_answer_tells_the_browser_what_to_forbid() {
        try (var running = Running.with(get("/a", request -> Response.ok(List.of())))) {
            for (var answer : List.of(running.get("/a"), running.get("/none"))) {
                var headers = answer.headers();
                assertThat(headers.firstValue("content-security-policy").orElse(""))
                        .contains("default-src 'self'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
                assertThat(headers.firstValue("referrer-policy")).hasValue("same-origin");
                assertThat(headers.firstValue("cross-origin-opener-policy")).hasValue("same-origin");
                assertThat(headers.firstValue("permissions-policy")).isPresent();
                assertThat(headers.firstValue("strict-transport-security")).isEmpty();
                assertThat(headers.firstValue("cache-control")).hasValue("no-cache");
                assertThat(headers.firstValue("date")).isPresent();
            }
            assertThat(running.get("/a", "Cookie", "as=viewer").headers().firstValue("cache-control"))
                    .hasValue("no-store");
        }
    }

    @Test
    void https_at_a_trusted_proxy_is_made_to_stay() {
        var settings = ServerSettings.local(0).trusting(List.of("127.0.0.0/8"));
        try (var running = Running.with(settings, get("/a", request -> Response.ok(request.remoteAddress())))) {
            var answer = running.get("/a", "X-Forwarded-Proto", "https", "X-Forwarded-For", "7.7.7.7");
            assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
            assertThat(answer.body()).isEqualTo("\"7.7.7.7\"");
        }
    }

    @Test
    void text_over_a_kilobyte_is_compressed_when_accepted() throws Exception {
        String text = "all work and no play ".repeat(200);
        try (var running = Running.with(
                        get("/a", request -> Response.text("text/plain; charset=utf-8", text)),
                        get("/small", request -> Response.text("text/plain", "small")),
                        get("/png", request -> Response.of(200).body("image/png", new byte[5000])));
                var client = running.raw()) {
            client.say("GET /a HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip;q=0.8\r\n\r\n");
            String answer = client.answer();
            assertThat(answer)
                    .containsIgnoringCase("content-encoding: gzip")
                    .containsIgnoringCase("vary: accept-encoding");
            byte[] body = answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(body.length).isLessThan(300);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes())
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            assertThat(running.get("/a").headers().firstValue("content-encoding"))
                    .isEmpty();
            for (String path : List.of("/small", "/png")) {
                assertThat(running.get(path, "Accept-Encoding", "gzip")
                                .headers()
                                .firstValue("content-encoding"))
                        .isEmpty();
            }
            assertThat(running.get("/a", "Accept-Encoding", "gzip;q=0").body()).isEqualTo(text);
        }
    }

    @Test
    void what_the_client_has_already_is_not_sent_again() {
        try (var running =
                Running.with(get("/a", request -> Response.ok(List.of(1)).etag(7)))) {
            var first = running.get("/a");
            assertThat(first.headers().firstValue("etag")).hasValue("\"7\"");
            var again = running.get("/a", "If-None-Match", "\"6\", \"7\"");
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(running.get("/a", "If-None-Match", "\"6\"").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nothing_from_outside_can_begin_a_header_of_its_own() {
        assertThatThrownBy(() -> Response.of(200).header("X-A", "a\r\nSet-Cookie: b=c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Response.of(200).header("X A", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Response.of(200).header("X-A", "ä")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Response.text("text/plain\nX: y", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cookie.of("a", "b; Domain=evil.example")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cookie.of("a=b", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Response.redirect("//evil.example")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Response.redirect("https://evil.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_cookie_is_hidden_from_scripts_and_other_sites() {
        Response response = Response.noContent()
                .cookie(Cookie.of("session", "abc")
                        .keptFor(Duration.ofHours(1))
                        .secure(true)
                        .strict());
        assertThat(response.header("Set-Cookie"))
                .contains("session=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600; Secure");
        assertThat(Cookie.removed("session").headerValue())
                .contains("session=;")
                .contains("Max-Age=0");
    }

    @Test
    void a_page_sends_its_head_before_its_data_is_ready() {
        var mayGoOn = new CountDownLatch(1);
        try (var running = Running.with(get(
                        "/a",
                        request -> Response.htmlInParts(output -> {
                            output.writeContent("<head>");
                            Html.later(() -> {
                                        try {
                                            mayGoOn.await();
                                        } catch (InterruptedException e) {
                                            throw new IllegalStateException(e);
                                        }
                                        return data -> data.writeUserContent("1 < 2");
                                    })
                                    .writeTo(output);
                        })));
                var client = running.raw()) {
            client.say("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.until("<head>")).contains("transfer-encoding: chunked");
            mayGoOn.countDown();
            assertThat(client.until("0\r\n\r\n")).contains("1 &lt; 2");
        }
    }

    @Test
    void a_slow_reader_slows_the_writer_down() {
        var written = new AtomicLong();
        try (var running = Running.with(get(
                        "/a",
                        request -> Response.stream("application/octet-stream", out -> {
                            byte[] block = new byte[64 * 1024];
                            for (int i = 0; i < 1600; i++) {
                                out.write(block);
                                written.addAndGet(block.length);
                            }
                        })));
                var client = running.raw()) {
            client.say("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
            client.head();
            var last = new AtomicLong(-1);
            // The writer stands still, well before the end, once the socket's buffers are full.
            var quietSince = new AtomicLong(System.nanoTime());
            Running.await(() -> {
                if (last.getAndSet(written.get()) != written.get()) {
                    quietSince.set(System.nanoTime());
                }
                return System.nanoTime() - quietSince.get() > 300_000_000L;
            });
            assertThat(written.get()).isLessThan(60L << 20);
        }
    }

    @Test
    void a_fault_in_the_middle_of_an_answer_breaks_the_connection() {
        try (var running = Running.with(get(
                        "/a",
                        request -> Response.stream("text/plain", out -> {
                            out.write(65);
                            out.flush();
                            throw new IllegalStateException("broken");
                        })));
                var client = running.raw()) {
            client.say("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
            client.until("A");
            client.awaitClose();
        }
    }

    @Test
    void a_handler_runs_on_a_virtual_thread_of_its_own() {
        var thread = new AtomicReference<Thread>();
        try (var running = Running.with(get("/a", request -> {
            thread.set(Thread.currentThread());
            return Response.noContent();
        }))) {
            running.get("/a");
            assertThat(thread.get().isVirtual()).isTrue();
        }
    }

    @Test
    void the_access_log_tells_no_secrets() {
        var lines = new java.util.concurrent.CopyOnWriteArrayList<String>();
        var logger = java.util.logging.Logger.getLogger("leat.access");
        var listening = new java.util.logging.Handler() {
            @Override
            public void publish(java.util.logging.LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(listening);
        try (var running = Running.with(
                Route.post("/a/{id}", Access.anyone(), request -> Response.ok("x")),
                Route.get("/feeds/{secret}", Access.anyone(), request -> Response.ok("x")))) {
            running.send("POST", "/a/1?token=hush", "hush", "X-Secret", "hush", "X-Request-Id", "request-1");
            Running.await(() -> !lines.isEmpty());
            var line = leat.kernel.Json.tree(lines.getFirst());
            assertThat(line.path("method").asString()).isEqualTo("POST");
            assertThat(line.path("path").asString()).isEqualTo("/a/1");
            assertThat(line.path("status").asInt()).isEqualTo(200);
            assertThat(line.path("bytes").asInt()).isEqualTo(3);
            assertThat(line.path("caller").asString()).isEqualTo("-");
            assertThat(line.path("requestId").asString()).isEqualTo("request-1");
            assertThat(lines.getFirst()).doesNotContain("hush");
            assertThat(running.answered).containsExactly("POST /a/{id} 200");
            running.get("/feeds/hush.ics");
            Running.await(() -> lines.size() == 2);
            assertThat(lines.get(1)).contains("/feeds/{secret}").doesNotContain("hush");
        } finally {
            logger.removeHandler(listening);
        }
    }
}
