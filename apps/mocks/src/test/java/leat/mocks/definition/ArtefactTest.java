package leat.mocks.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArtefactTest {
    private static final MockDefinition MOCK = Sources.valid("""
            - endpoint:
                method: post
                host: api.example.com
                path: /caf%C3%A9/:id|int/:kind|enum(a,b)/*rest
                query: {page: int, q: string}
                body: '{"name": "é"}'
                tag: t
                response:
                  status: 201
                  headers: {X-A: ["1", "2"]}
                  body: {b: 1, a: "𝄞"}
            - endpoint:
                path: /plain
            """);

    @Test
    void what_is_written_is_read_back() {
        assertThat(Artefact.read(Artefact.write(MOCK))).isEqualTo(MOCK);
    }

    @Test
    void every_example_that_publishes_survives_the_round_trip() throws Exception {
        MoclojerDocsTest.names()
                .map(MoclojerDocsTest::read)
                .map(MockDefinition::parse)
                .forEach(parsed -> parsed.definition()
                        .ifPresent(mock ->
                                assertThat(Artefact.read(Artefact.write(mock))).isEqualTo(mock)));
    }

    @Test
    void the_same_definition_gives_the_same_bytes() {
        assertThat(Artefact.write(Artefact.read(Artefact.write(MOCK)))).isEqualTo(Artefact.write(MOCK));
    }

    @Test
    void the_bytes_of_format_1_stay_what_they_are() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(Artefact.write(MOCK));
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("b9ed9a9519367647796a35206c7d9f88c6bd98681502b22faa012dba5a60cc78");
    }

    @Test
    void a_newer_format_is_refused_by_its_number() {
        byte[] newer = Artefact.write(MOCK);
        ByteBuffer.wrap(newer).putInt(8, 2);
        assertThatThrownBy(() -> Artefact.read(newer))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("has format 2")
                .hasMessageContaining("reads format 1");
    }

    @Test
    void other_bytes_are_refused() {
        assertThatThrownBy(() -> Artefact.read(new byte[0])).isInstanceOf(ArtefactException.class);
        assertThatThrownBy(() -> Artefact.read(new byte[100])).isInstanceOf(ArtefactException.class);
    }

    @Test
    void damage_is_refused_and_never_anything_else() {
        byte[] whole = Artefact.write(MOCK);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Artefact.read(cut)).isInstanceOf(ArtefactException.class);
        }
        long seed = new Random().nextLong();
        System.out.println("ArtefactTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                Artefact.read(damaged);
            } catch (ArtefactException expected) {
                assertThat(expected).hasMessageStartingWith("Th");
            }
        }
    }
}
