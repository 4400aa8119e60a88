package leat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AssetsTest {
    private static final ClassLoader LOADER = AssetsTest.class.getClassLoader();
    private static final Assets ASSETS = Assets.of(LOADER, "leat/web/testassets/", "leat/web/nosuchfolder/");

    private static Running running() {
        return Running.with(
                ServerSettings.local(0),
                Site.of(List.of(), Doorkeeper.ofNobody()).with(ASSETS));
    }

    @Test
    void an_asset_has_an_address_that_may_be_kept_for_ever() {
        assertThat(ASSETS.url("app.css")).matches("/assets/app\\.[0-9a-f]{16}\\.css");
        try (var running = running()) {
            var answer = running.get(ASSETS.url("app.css"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue("text/css; charset=utf-8");
            assertThat(answer.headers().firstValue("cache-control")).hasValue("public, max-age=31536000, immutable");
            assertThat(answer.body()).startsWith("/* a style sheet");
            String etag = answer.headers().firstValue("etag").orElseThrow();
            assertThat(running.get(ASSETS.url("app.css"), "If-None-Match", etag).statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void a_large_text_asset_is_sent_compressed_and_a_tiny_one_is_not() {
        try (var running = running()) {
            var large = running.get(ASSETS.url("app.css"), "Accept-Encoding", "gzip");
            assertThat(large.headers().firstValue("content-encoding")).hasValue("gzip");
            assertThat(large.headers().firstValue("vary")).hasValue("Accept-Encoding");
            var tiny = running.get(ASSETS.url("tiny.js"), "Accept-Encoding", "gzip");
            assertThat(tiny.headers().firstValue("content-encoding")).isEmpty();
            assertThat(tiny.headers().firstValue("content-type")).hasValue("text/javascript; charset=utf-8");
        }
    }

    @Test
    void no_path_leads_out_of_the_assets() {
        try (var running = running();
                var client = running.raw()) {
            for (String path : List.of(
                    "/assets/app.css",
                    "/assets/",
                    "/assets/../leat/web/Server.class",
                    "/assets/..%2f..%2fetc%2fpasswd",
                    "/assets/%2e%2e/%2e%2e/etc/passwd",
                    "/assets//etc/passwd",
                    ASSETS.url("app.css") + "/..",
                    ASSETS.url("app.css").replace(".css", ".js"))) {
                client.say("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer()).as(path).startsWith("HTTP/1.1 404 ");
            }
            assertThat(running.send("POST", ASSETS.url("app.css"), "").statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void a_name_that_is_not_there_or_there_twice_is_a_mistake() {
        assertThatThrownBy(() -> ASSETS.url("none.css")).hasMessageContaining("none.css");
        assertThatThrownBy(() -> Assets.of(LOADER, "leat/web/testassets/", "leat/web/moreassets/"))
                .hasMessageContaining("tiny.js");
    }
}
