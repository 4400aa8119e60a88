package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One route of a mock is changed again and again while 32 connections load another. */
final class PublishingJourneyTest {
    private static final int CONNECTIONS = 32;
    private static final int REVISIONS = 25;
    private static final Pattern WHOLE = Pattern.compile("r(\\d+) x r(\\d+)");

    @TempDir
    Path folder;

    private static String revision(int number) {
        return """
                - endpoint:
                    path: /loaded/:it
                    response:
                      headers: {Content-Type: text/plain, X-Revision: "r%1$d"}
                      body: "r%1$d {{path-params.it}} r%1$d"
                - endpoint:
                    path: /changed
                    response: {body: "%1$d"}
                """.formatted(number);
    }

    @Test
    void no_request_fails_and_none_is_answered_by_two_revisions() throws Exception {
        try (Product product = Product.start(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api ada = Workshop.founded(product).ada();
            String id = Workshop.published(ada, "workshop", "busy", revision(1));
            String host = "busy-workshop.localhost";
            var over = new AtomicBoolean();
            var answered = new AtomicInteger();
            var wrong = new ConcurrentLinkedQueue<String>();
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                callers.add(threads.submit(() -> {
                    try (var wire = new Wire(product.port())) {
                        while (!over.get()) {
                            Api.Answer answer = wire.get(host, "/loaded/x");
                            if (answer.status() != 200 || !isOfOneRevision(answer)) {
                                wrong.add(answer.toString());
                            }
                            answered.incrementAndGet();
                        }
                    }
                    return answered;
                }));
            }
            for (int number = 2; number <= REVISIONS; number++) {
                int before = answered.get();
                Eventually.holds("load", () -> answered.get() > before + CONNECTIONS || !wrong.isEmpty());
                ada.yaml("PUT", "/api/mocks/mocks/" + id + "/source", revision(number))
                        .with(200);
                Workshop.publish(ada, id);
                assertThat(Wire.get(product.port(), host, "/changed").with(200).body())
                        .as("once it is said to be published")
                        .isEqualTo(Integer.toString(number));
            }
            over.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
            assertThat(wrong).isEmpty();
            assertThat(product.errors()).isEmpty();
        }
    }

    private static boolean isOfOneRevision(Api.Answer answer) {
        var whole = WHOLE.matcher(answer.body());
        return whole.matches()
                && whole.group(1).equals(whole.group(2))
                && answer.header("x-revision").equals("r" + whole.group(1));
    }
}
