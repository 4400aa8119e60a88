package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import leat.kernel.port.Blobs;
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.Journal;
import leat.kernel.port.Keys;
import leat.kernel.port.Logs;
import leat.kernel.port.ViewStore;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.Test;

/** When Leat itself cannot compile, it says so, what answered goes on, and a person can try again. */
final class FailedPublicationTest {
    /** The memory engine whose blob store can be told to take nothing. */
    private record FullDisk(MemoryEngine memory, AtomicBoolean full) implements Engine {
        @Override
        public String name() {
            return "full";
        }

        @Override
        public Journal journal() {
            return memory.journal();
        }

        @Override
        public Keys keys() {
            return memory.keys();
        }

        @Override
        public ViewStore views() {
            return memory.views();
        }

        @Override
        public Logs logs() {
            return memory.logs();
        }

        @Override
        public Bus bus() {
            return memory.bus();
        }

        @Override
        public Blobs blobs() {
            Blobs blobs = memory.blobs();
            return new Blobs() {
                @Override
                public Blob put(InputStream source) throws IOException {
                    if (full.get()) {
                        throw new IOException("no space left on device");
                    }
                    return blobs.put(source);
                }

                @Override
                public Optional<InputStream> open(String hash) throws IOException {
                    return blobs.open(hash);
                }

                @Override
                public Optional<Blob> find(String hash) throws IOException {
                    return blobs.find(hash);
                }

                @Override
                public void each(Consumer<Blob> visitor) throws IOException {
                    blobs.each(visitor);
                }

                @Override
                public void remove(String hash) throws IOException {
                    blobs.remove(hash);
                }
            };
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    @Test
    void a_full_disk_ends_in_failed_with_its_reason_and_trying_again_publishes() {
        var full = new AtomicBoolean();
        try (var running = Running.on(new FullDisk(new MemoryEngine(), full))) {
            String id = running.published("hello", Running.HELLO);
            String path = "/api/mocks/mocks/" + id;
            running.as("acme-editor", "PUT", path + "/source", new MocksApi.Text(Running.HELLO.replace("!", "?")));
            full.set(true);

            Running.Answer failed = running.as("acme-editor", "PUT", path + "/publication");

            assertThat(failed.json().path("status").asString()).isEqualTo("failed");
            assertThat(failed.text()).contains("no space left on device");
            assertThat(failed.json().path("live").asInt()).isEqualTo(1);
            assertThat(running.get("/m/acme/hello/hello/ada").text()).contains("ada!");

            full.set(false);
            Running.Answer again = running.as("acme-editor", "PUT", path + "/publication");

            assertThat(again.json().path("status").asString()).isEqualTo("published");
            assertThat(running.get("/m/acme/hello/hello/ada").text()).contains("ada?");
        }
    }
}
