package leat.mocks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import leat.kernel.port.Blobs;
import leat.kernel.test.MemoryEngine;
import leat.mocks.definition.Artefact;
import leat.mocks.definition.MockDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compiled mocks stay within their bounds, and come back when they are asked for. */
final class EditionsTest {
    private final MemoryEngine engine = new MemoryEngine();
    private final Blobs blobs = engine.blobs();
    private final ServingTable table = new ServingTable(new RequestLogs());

    @AfterEach
    void close() {
        engine.close();
    }

    private Served served(Editions editions, int number) throws IOException {
        byte[] source = ("- endpoint: {path: /" + number + "}\n").getBytes(StandardCharsets.UTF_8);
        MockDefinition definition =
                MockDefinition.parse(source, TemplateBodies.LIVE).definition().orElseThrow();
        String artefact =
                blobs.put(new ByteArrayInputStream(Artefact.write(definition))).hash();
        var edition = new Edition(1, artefact);
        editions.load(edition);
        String name = "m" + number;
        table.put(new Serving.Entry(name, name + "-acme.localhost", "acme/" + name, 1, artefact), edition);
        Served served = table.byId(name).orElseThrow();
        served.took(0, number);
        return served;
    }

    private List<Served> servedFive(Editions editions) throws IOException {
        var all = new ArrayList<Served>();
        for (int number = 1; number <= 5; number++) {
            all.add(served(editions, number));
        }
        return all;
    }

    private static List<Boolean> loaded(List<Served> all) {
        return all.stream().map(it -> it.edition().compiled() != null).toList();
    }

    @Test
    void beyond_the_number_those_asked_longest_ago_are_unloaded() throws IOException {
        var editions = new Editions(blobs, 2, Long.MAX_VALUE);
        List<Served> all = servedFive(editions);

        editions.trim(table);

        assertThat(loaded(all)).containsExactly(false, false, false, true, true);
        assertThat(editions.hasRoom(table)).isFalse();
    }

    @Test
    void beyond_the_bytes_likewise() throws IOException {
        var first = new Editions(blobs, 10, Long.MAX_VALUE);
        List<Served> all = servedFive(first);
        long one = all.getFirst().edition().bytes();
        var editions = new Editions(blobs, 10, 3 * one);

        editions.trim(table);

        assertThat(loaded(all)).containsExactly(false, false, true, true, true);
    }

    @Test
    void within_its_bounds_nothing_is_unloaded() throws IOException {
        var editions = new Editions(blobs, 5, Long.MAX_VALUE);
        List<Served> all = servedFive(editions);

        editions.trim(table);

        assertThat(loaded(all)).containsOnly(true);
    }

    @Test
    void what_was_unloaded_is_loaded_when_it_is_asked_for() throws IOException {
        var editions = new Editions(blobs, 0, Long.MAX_VALUE);
        Served served = served(editions, 1);
        editions.trim(table);
        assertThat(served.edition().compiled()).isNull();

        assertThat(editions.load(served.edition()).table().routes()).hasSize(1);

        assertThat(served.edition().compiled()).isNotNull();
    }
}
