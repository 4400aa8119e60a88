package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import leat.kernel.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than fits is refused early and politely; what is accepted is answered in time; then all is as before. */
final class FloodJourneyTest {
    /** Ten times as many callers as the 200 that are served without a refusal. */
    private static final int FITTING = 200;

    private static final int CALLERS = 10 * FITTING;
    private static final int CALLS = 2;
    private static final int ORGANIZATIONS = 100;
    /** No accepted request takes longer, on a machine that is busy with other things as well. */
    private static final long MOST_MILLIS = 30_000;

    @TempDir
    Path folder;

    @Test
    void ten_times_the_load_is_refused_in_part_and_leaves_no_trace() throws Exception {
        try (Product product = Product.start(folder)) {
            Api ada = Workshop.founded(product).ada();
            for (int i = 0; i < ORGANIZATIONS; i++) {
                ada.post("/api/accounts/organizations", Map.of("name", organization(i)))
                        .with(201);
            }
            long[] before = versions(ada);
            Wave fitting = wave(product, ada, "calm", FITTING, 1);
            assertThat(fitting.strange).isEmpty();
            assertThat(fitting.refused.get()).as("refused of what fits").isZero();

            Wave flood = wave(product, ada, "flood", CALLERS, CALLS);
            System.out.println("flood: " + flood.renamed + " renamed, " + flood.refused + " refused, slowest "
                    + flood.slowestMillis + " ms, " + (product.residentBytes() >> 20) + " MiB");
            assertThat(flood.strange).isEmpty();
            assertThat(flood.renamed.get()).isPositive();
            assertThat(flood.refused.get()).as("refused of ten times as much").isPositive();
            assertThat(flood.slowestMillis.get())
                    .as("milliseconds of the slowest accepted")
                    .isLessThan(MOST_MILLIS);

            Wave after = wave(product, ada, "after", FITTING, 1);
            assertThat(after.strange).isEmpty();
            assertThat(after.refused.get())
                    .as("refused of what fits, afterwards")
                    .isZero();
            long changes = sum(versions(ada)) - sum(before);
            assertThat(changes)
                    .as("changes, of which each was accepted")
                    .isEqualTo(fitting.renamed.get() + flood.renamed.get() + after.renamed.get());
            assertThat(product.errors()).isEmpty();
        }
    }

    private static String organization(int number) {
        return "mill-" + number % ORGANIZATIONS;
    }

    private static long[] versions(Api ada) throws IOException {
        long[] versions = new long[ORGANIZATIONS];
        for (int i = 0; i < ORGANIZATIONS; i++) {
            String tag = ada.get("/api/accounts/organizations/" + organization(i))
                    .with(200)
                    .header("etag");
            versions[i] = Long.parseLong(tag.replace("\"", ""));
        }
        return versions;
    }

    private static long sum(long[] numbers) {
        return java.util.Arrays.stream(numbers).sum();
    }

    /** What came of one wave of load. */
    private static final class Wave {
        final AtomicInteger renamed = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final AtomicLong slowestMillis = new AtomicLong();
        final ConcurrentLinkedQueue<String> strange = new ConcurrentLinkedQueue<>();

        void took(Api.Answer answer, long millis) {
            switch (answer.status()) {
                case 200 -> {
                    renamed.incrementAndGet();
                    slowestMillis.accumulateAndGet(millis, Math::max);
                }
                case 503 -> {
                    refused.incrementAndGet();
                    if (!answer.header("retry-after").matches("[1-9][0-9]*")
                            || answer.code().isEmpty()) {
                        strange.add(answer.toString());
                    }
                }
                default -> strange.add(answer.toString());
            }
        }
    }

    /** Everybody connects, then all call at once, each several times. */
    private static Wave wave(Product product, Api ada, String name, int callers, int calls) throws Exception {
        var wave = new Wave();
        var go = new java.util.concurrent.CountDownLatch(1);
        List<Future<?>> calling = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                int caller = i;
                calling.add(threads.submit(() -> {
                    try (var wire = new Wire(product.port())) {
                        go.await();
                        for (int call = 0; call < calls; call++) {
                            String called = name + "-" + caller + "-" + call;
                            long start = System.nanoTime();
                            wire.write(renaming(ada, organization(caller), called));
                            wave.took(wire.answer(), (System.nanoTime() - start) / 1_000_000);
                        }
                    }
                    return caller;
                }));
            }
            go.countDown();
            for (Future<?> each : calling) {
                each.get();
            }
        }
        return wave;
    }

    private static byte[] renaming(Api ada, String organization, String name) {
        String body = Json.text(Map.of("displayName", name));
        return ("PATCH /api/accounts/organizations/" + organization
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ada.token()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void one_tenants_flood_of_a_mock_fails_no_request_to_anothers() throws Exception {
        try (Product product = Product.start(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api ada = Workshop.founded(product).ada();
            ada.post("/api/accounts/organizations", Map.of("name", "grange")).with(201);
            Workshop.published(ada, "workshop", "quiet", Workshop.answering("/is", "quiet"));
            Workshop.published(ada, "grange", "loud", heavy());
            var over = new AtomicBoolean();
            var loud = new AtomicInteger();
            List<Future<?>> flooding = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                flooding.add(threads.submit(() -> {
                    while (!over.get()) {
                        try (var wire = new Wire(product.port())) {
                            while (!over.get()) {
                                wire.get("loud-grange.localhost", "/loud");
                                loud.incrementAndGet();
                            }
                        } catch (IOException e) {
                            // the flood comes again
                        }
                    }
                }));
            }
            Eventually.holds("the flood", () -> loud.get() > 200);
            int failed = 0;
            for (int i = 0; i < 200; i++) {
                if (Wire.get(product.port(), "quiet-workshop.localhost", "/is").status() != 200) {
                    failed++;
                }
            }
            over.set(true);
            for (Future<?> each : flooding) {
                each.get();
            }
            System.out.println("a flood of " + loud + " requests beside 200 quiet ones");
            assertThat(failed).as("quiet requests that failed").isZero();
            assertThat(product.errors()).isEmpty();
        }
    }

    /** A mock whose one answer is a quarter of a megabyte of template. */
    private static String heavy() {
        return "- endpoint:\n    path: /loud\n    response:\n      headers: {Content-Type: text/plain}\n      body: \""
                + "{{query-params.q}} and so on and so on, ".repeat(6_000) + "\"\n";
    }
}
