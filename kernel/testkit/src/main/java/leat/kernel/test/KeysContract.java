package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leat.kernel.port.Keys;
import org.junit.jupiter.api.Test;

/** What an engine promises of the keys of people. */
public abstract class KeysContract extends EngineContract {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    protected KeysContract() {}

    private Keys keys() {
        return engine.keys();
    }

    private static byte[] wrapped(String text) {
        return text.getBytes(UTF_8);
    }

    private Optional<String> kept(String person) {
        return keys().find(person).flatMap(Keys.Key::wrapped).map(bytes -> new String(bytes, UTF_8));
    }

    @Test
    public void a_key_is_kept_once_and_stays() throws Exception {
        assertThat(keys().find("ada")).isEmpty();
        keys().keep("ada", wrapped("first"));

        assertThat(keys().keep("ada", wrapped("second")).wrapped()).hasValue(wrapped("first"));
        reopen();
        assertThat(kept("ada")).hasValue("first");
    }

    @Test
    public void of_many_who_keep_at_once_all_get_the_same() throws Exception {
        int many = 8;
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String mine = "key " + i;
                all.add(threads.submit(() -> {
                    start.await();
                    return keys().keep("ada", wrapped(mine)).wrapped().orElseThrow();
                }));
            }
            start.countDown();
            for (Future<byte[]> one : all) {
                assertThat(new String(one.get(), UTF_8)).isEqualTo(kept("ada").orElseThrow());
            }
        }
    }

    @Test
    public void who_was_forgotten_gets_no_other_key() throws Exception {
        keys().keep("ada", wrapped("hers"));
        keys().keep("bob", wrapped("his"));
        keys().forget("ada", NOW);
        keys().forget("ada", NOW.plusSeconds(60));

        assertThat(keys().keep("ada", wrapped("another"))).isEqualTo(Keys.Key.forgotten(NOW));
        assertThat(keys().forgotten()).isOne();
        reopen();
        assertThat(keys().find("ada")).hasValue(Keys.Key.forgotten(NOW));
        assertThat(keys().forgotten()).isOne();
        assertThat(kept("bob")).hasValue("his");
    }

    @Test
    public void somebody_without_a_key_can_be_forgotten() {
        keys().forget("eve", NOW);

        assertThat(keys().keep("eve", wrapped("late")).wrapped()).isEmpty();
    }

    @Test
    public void the_key_of_snapshots_goes_with_everybody_and_comes_anew() {
        keys().keep(Keys.SNAPSHOTS, wrapped("old"));
        keys().keep("ada", wrapped("hers"));
        keys().forget("ada", NOW);

        assertThat(keys().find(Keys.SNAPSHOTS)).isEmpty();
        assertThat(keys().keep(Keys.SNAPSHOTS, wrapped("new")).wrapped()).hasValue(wrapped("new"));
        assertThat(keys().forgotten()).isOne();
    }

    @Test
    public void another_wrapping_takes_the_place_of_the_one_it_was_made_from_and_of_no_other() {
        keys().keep("ada", wrapped("old"));
        keys().rewrap("ada", wrapped("older"), wrapped("wrong"));
        assertThat(kept("ada")).hasValue("old");
        keys().rewrap("ada", wrapped("old"), wrapped("new"));
        assertThat(kept("ada")).hasValue("new");

        keys().forget("ada", NOW);
        keys().rewrap("ada", wrapped("new"), wrapped("newer"));
        assertThat(kept("ada")).isEmpty();
    }

    @Test
    public void all_are_told_by_id() {
        keys().keep("bob", wrapped("his"));
        keys().keep("ada", wrapped("hers"));
        keys().forget("cyd", NOW);
        List<String> people = new ArrayList<>();
        keys().each((person, key) -> people.add(person + (key.wrapped().isPresent() ? "" : " forgotten")));

        assertThat(people).containsExactly("ada", "bob", "cyd forgotten");
    }
}
