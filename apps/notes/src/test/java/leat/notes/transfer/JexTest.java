package leat.notes.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import leat.notes.text.ImportException;
import org.junit.jupiter.api.Test;

final class JexTest {
    private static final String HOUSE = "a".repeat(32);
    private static final String ROOF = "b".repeat(32);
    private static final String NOTE = "c".repeat(32);
    private static final String OTHER = "d".repeat(32);
    private static final String PICTURE = "e".repeat(32);
    private static final String TAG = "f".repeat(32);

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    private void put(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        byte[] head = new byte[512];
        write(head, 0, name);
        write(head, 100, "000644 \0");
        write(head, 124, String.format(Locale.ROOT, "%011o ", bytes.length));
        write(head, 136, "13401150040 ");
        write(head, 148, "        ");
        write(head, 156, "0");
        write(head, 257, "ustar\00000");
        int sum = 0;
        for (byte it : head) {
            sum += it & 0xff;
        }
        write(head, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        tar.write(head);
        tar.write(bytes);
        tar.write(new byte[(512 - bytes.length % 512) % 512]);
    }

    private static void write(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    private void item(String id, int type, String text, String... fields) throws IOException {
        put(
                id + ".md",
                (text.isEmpty() ? "" : text + "\n\n") + "id: " + id + "\n" + String.join("\n", fields)
                        + (fields.length == 0 ? "" : "\n") + "type_: " + type);
    }

    private Gathered read() throws IOException {
        var all = new ByteArrayOutputStream();
        all.write(tar.toByteArray());
        all.write(new byte[1_024]);
        return Gathered.of(all.toByteArray(), "x.jex");
    }

    @Test
    void notes_come_with_notebooks_tags_dates_and_files() throws Exception {
        item(HOUSE, 2, "House", "parent_id: ");
        item(ROOF, 2, "Roof/Attic", "parent_id: " + HOUSE);
        item(TAG, 5, "before winter");
        item("1".repeat(32), 6, "", "note_id: " + NOTE, "tag_id: " + TAG);
        item(PICTURE, 4, "my roof.png", "mime: image/png", "file_extension: png");
        put("resources/" + PICTURE + ".png", "tiles");
        item(
                NOTE,
                1,
                "Mend the roof\n\n# Slate\n\n![my roof.png](:/" + PICTURE + ")\n[see](:/" + OTHER + ") [x](:/"
                        + "9".repeat(32) + ")\n",
                "parent_id: " + ROOF,
                "created_time: 2019-07-08T19:04:15.000Z",
                "updated_time: 2019-07-14T23:29:42.123Z",
                "is_todo: 1",
                "todo_due: 1569916800000",
                "todo_completed: 0",
                "source_url: https://example.org/roofs");
        item(OTHER, 1, "Cellar", "parent_id: " + HOUSE, "is_todo: 1", "todo_completed: 1569916800000");

        Gathered read = read();

        var roof = read.notes.getFirst();
        assertThat(roof.title()).isEqualTo("Mend the roof");
        assertThat(roof.folder()).isEqualTo("House/Roof-Attic");
        assertThat(roof.tags()).containsExactly("before winter");
        assertThat(roof.body())
                .isEqualTo("# Slate\n\n![my roof.png](attachment:my%20roof.png)\n[[Cellar|see]] [x](:/" + "9".repeat(32)
                        + ")\n");
        assertThat(roof.created()).contains(Instant.parse("2019-07-08T19:04:15Z"));
        assertThat(roof.changed()).contains(Instant.parse("2019-07-14T23:29:42.123Z"));
        assertThat(roof.due()).contains(Instant.parse("2019-10-01T08:00:00Z"));
        assertThat(roof.status()).contains("ToDo");
        assertThat(roof.url()).contains("https://example.org/roofs");
        assertThat(read.files.getFirst()).isEqualTo(Map.of("my roof.png", "tiles"));
        assertThat(read.notes.get(1).status()).contains("Completed");
        assertThat(read.notes.get(1).body()).isEmpty();
        assertThat(read.left).hasSize(1).first().asString().contains("not in the export");
    }

    @Test
    void what_is_encrypted_in_conflict_or_in_the_trash_is_told() throws Exception {
        item(HOUSE, 2, "House");
        item(NOTE, 1, "", "encryption_applied: 1", "encryption_cipher_text: JED01");
        item(OTHER, 1, "Twice", "is_conflict: 1");
        item(ROOF, 1, "Old", "deleted_time: 1569916800000");

        Gathered read = read();

        assertThat(read.notes).isEmpty();
        assertThat(read.left).hasSize(3);
        assertThat(String.join(" ", read.left)).contains("encrypted", "conflict", "trash");
    }

    @Test
    void folders_that_lie_in_each_other_do_not_hold_it_up() throws Exception {
        item(HOUSE, 2, "A", "parent_id: " + ROOF);
        item(ROOF, 2, "B", "parent_id: " + HOUSE);
        item(NOTE, 1, "Note", "parent_id: " + HOUSE);

        assertThat(read().notes.getFirst().folder()).endsWith("B/A");
    }

    @Test
    void a_tar_that_is_cut_or_of_something_else_is_refused() throws Exception {
        item(NOTE, 1, "Note\n\n" + "text ".repeat(1_000));
        byte[] cut = Arrays.copyOf(tar.toByteArray(), 1_500);
        assertThatThrownBy(() -> Gathered.of(cut, "x.jex"))
                .isInstanceOf(ImportException.class)
                .hasMessage("The tar ends in the middle of a file.");
        tar.reset();
        put("readme.txt", "hello");
        assertThatThrownBy(this::read).isInstanceOf(ImportException.class).hasMessageContaining("no export of Joplin");
    }

    @Test
    void whatever_an_entry_is_called_nothing_is_written_anywhere() throws Exception {
        put("../../../tmp/" + NOTE + ".md", "Note\n\nid: " + NOTE + "\ntype_: 1");
        item(HOUSE, 2, "House");
        assertThat(read().notes.getFirst().title()).isEqualTo("Note");
    }
}
