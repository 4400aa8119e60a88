package leat.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leat.notes.Running.NOTES;
import static leat.notes.Running.closed;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.port.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the interface of attached files promises on every engine. */
abstract class AttachmentsApiContract {
    private static final NotesSettings SMALL = new NotesSettings(100_000, 250_000, 1_000_000);

    @SuppressWarnings("NullAway.Init") // set before each test
    private Running running;

    private int titles;

    abstract Engine engine();

    @BeforeEach
    void start() {
        running = Running.on(engine(), SMALL);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    /** The files of a new public note of Ada's. */
    private String files() {
        return NOTES + "/" + running.create("ada", open("With files " + ++titles)) + "/attachments";
    }

    private Answer attach(String user, String files, String name, String text) {
        return running.as(user, "POST", files + "?name=" + NoteQuery.encoded(name), text.getBytes(UTF_8));
    }

    private Set<String> blobs() throws IOException {
        var blobs = new HashSet<String>();
        running.engine().blobs().each(it -> blobs.add(it.hash()));
        return blobs;
    }

    @Test
    void a_file_is_attached_and_read() {
        String files = files();
        Answer made = attach("bob", files, "a roof.txt", "Tiles.");
        assertThat(made.outcome()).isEqualTo("201");
        assertThat(made.header("Location")).isEqualTo(files + "/" + made.text("id"));
        assertThat(made.text("name")).isEqualTo("a roof.txt");
        assertThat(made.text("type")).isEqualTo("text/plain");
        assertThat(made.text("author")).isEqualTo("bob");
        assertThat(made.text("sha256")).isEqualTo(FileStore.hash("Tiles.".getBytes(UTF_8)));
        Answer read = running.get("eve", files + "/" + made.text("id"));
        assertThat(read.text()).isEqualTo("Tiles.");
        assertThat(running.get("eve", files).all("name")).containsExactly("a roof.txt");
    }

    @Test
    void a_form_brings_a_file_too() {
        String files = files();
        byte[] form = String.join(
                        "\r\n",
                        "--x",
                        "Content-Disposition: form-data; name=\"file\"; filename=\"roof.txt\"",
                        "Content-Type: image/png",
                        "",
                        "Tiles.",
                        "--x--",
                        "")
                .getBytes(UTF_8);
        Answer made = running.as("ada", "POST", files, form, "Content-Type", "multipart/form-data; boundary=x");
        assertThat(made.outcome()).isEqualTo("201");
        assertThat(made.text("type")).as("told by its bytes").isEqualTo("text/plain");
        assertThat(running.get("ada", files + "/" + made.text("id")).text()).isEqualTo("Tiles.");
        assertThat(running.as(
                                "ada",
                                "POST",
                                files,
                                "--x--\r\n".getBytes(UTF_8),
                                "Content-Type",
                                "multipart/form-data; boundary=x")
                        .outcome())
                .isEqualTo("400 attachment.empty");
    }

    @Test
    void whatever_a_file_holds_nothing_in_it_acts() throws Exception {
        String files = files();
        for (String text : List.of("<script>alert(1)</script>", "<svg onload='alert(1)'/>", "%PDF-1.7")) {
            Answer read = running.get(
                    "ada", files + "/" + attach("ada", files, "x.html", text).text("id"));
            assertThat(read.header("Content-Type")).isIn("application/octet-stream", "application/pdf");
            assertThat(read.header("Content-Disposition")).startsWith("attachment; filename*=UTF-8''x");
            assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(read.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
            assertThat(read.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
        String odd = attach("ada", files, "a\"b;\r\nX: ü.txt", "x").text("id");
        assertThat(running.get("ada", files + "/" + odd).header("Content-Disposition"))
                .isEqualTo("attachment; filename*=UTF-8''a-b%3B-X-%20%C3%BC.txt");
        String picture =
                running.as("ada", "POST", files + "?name=p.html", png()).text("id");
        Answer shown = running.get("ada", files + "/" + picture);
        assertThat(shown.header("Content-Type")).isEqualTo("image/png");
        assertThat(shown.header("Content-Disposition")).startsWith("inline;");
    }

    private static byte[] png() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(600, 300, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    void a_part_of_a_file_can_be_had() {
        String files = files();
        String file = files + "/" + attach("ada", files, "x", "0123456789").text("id");
        Answer part = running.as("ada", "GET", file, "", "Range", "bytes=2-4");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(running.as("ada", "GET", file, "", "Range", "bytes=10-").status())
                .isEqualTo(416);
        Answer whole = running.get("ada", file);
        assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(running.as("ada", "GET", file, "", "If-None-Match", whole.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void a_picture_has_a_thumbnail_and_nothing_else_has() throws Exception {
        String files = files();
        Answer made = running.as("ada", "POST", files + "?name=roof.png", png());
        assertThat(made.json().path("thumbnail").asBoolean()).isTrue();
        Answer small = running.get("eve", files + "/" + made.text("id") + "/thumbnail");
        assertThat(small.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(small.response().body()).startsWith(0xff, 0xd8);
        String text = attach("ada", files, "roof.png", "no picture").text("id");
        assertThat(running.get("ada", files + "/" + text + "/thumbnail").outcome())
                .isEqualTo("404 attachment.no-thumbnail");
    }

    @Test
    void a_name_is_one_files_in_its_note() {
        String files = files();
        assertThat(attach("ada", files, "roof.png", "1").text("name")).isEqualTo("roof.png");
        assertThat(attach("ada", files, "ROOF.png", "2").text("name")).isEqualTo("ROOF (2).png");
        assertThat(attach("ada", files(), "roof.png", "3").text("name"))
                .as("in another note")
                .isEqualTo("roof.png");
    }

    @Test
    void who_attach_under_one_name_at_the_same_time_all_get_one() throws Exception {
        String files = files();
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Answer>();
        List<Thread> all = IntStream.range(0, 8)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    Answer answer = attach("ada", files, "roof.png", "tile " + i);
                    synchronized (answers) {
                        answers.add(answer);
                    }
                }))
                .toList();
        start.countDown();
        for (Thread it : all) {
            it.join();
        }
        assertThat(answers).extracting(Answer::outcome).containsOnly("201");
        assertThat(answers).extracting(it -> it.text("name")).doesNotHaveDuplicates();
    }

    @Test
    void sending_again_with_one_key_attaches_once() {
        String files = files();
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            assertThat(running.as("ada", "POST", files + "?name=x", "x".getBytes(UTF_8), "Idempotency-Key", key)
                            .outcome())
                    .isEqualTo("201");
        }
        assertThat(running.get("ada", files).all("name")).containsExactly("x");
    }

    @Test
    void the_same_bytes_are_stored_once_in_an_organization_and_never_shared_with_another() throws Exception {
        attach("ada", files(), "x", "the same");
        Set<String> one = blobs();
        attach("ada", files(), "y", "the same");
        assertThat(blobs()).isEqualTo(one);
        String theirs = NOTES + "/" + running.create("zoe", open("Theirs")) + "/attachments";
        attach("zoe", theirs, "x", "the same");
        assertThat(blobs()).hasSize(one.size() + 1);
    }

    @Test
    void limits_are_told() {
        String files = files();
        assertThat(attach("ada", files, "x", "").outcome()).isEqualTo("400 attachment.empty");
        assertThat(attach("ada", files, "x", "x".repeat(100_001)).outcome()).isEqualTo("413 attachment.too-large");
        assertThat(attach("ada", files, "a", "a".repeat(100_000)).outcome()).isEqualTo("201");
        assertThat(attach("ada", files, "b", "b".repeat(100_000)).outcome()).isEqualTo("201");
        assertThat(attach("ada", files, "c", "c".repeat(100_000)).outcome()).isEqualTo("413 attachment.quota");
        assertThat(attach("ada", files, "d", "a".repeat(100_000)).outcome())
                .as("bytes that are there already")
                .isEqualTo("201");
        assertThat(attach("ada", files, "e", "e".repeat(50_000)).outcome()).isEqualTo("201");
        running.as(
                "ada",
                "DELETE",
                files + "/" + running.get("ada", files).all("id").get(1));
        assertThat(attach("ada", files, "c", "c".repeat(100_000)).outcome())
                .as("once another is removed")
                .isEqualTo("201");
        String theirs = NOTES + "/" + running.create("zoe", open("Theirs")) + "/attachments";
        assertThat(attach("zoe", theirs, "x", "x".repeat(100_000)).outcome())
                .as("another organization's")
                .isEqualTo("201");
    }

    @Test
    void viewers_read_and_editors_attach_and_remove() {
        String files = files();
        String file = files + "/" + attach("bob", files, "x", "x").text("id");
        assertThat(attach("eve", files, "y", "y").status()).isEqualTo(403);
        assertThat(running.as("eve", "DELETE", file).status()).isEqualTo(403);
        assertThat(running.get("eve", file).status()).isEqualTo(200);
        assertThat(running.as("ada", "DELETE", file).status()).isEqualTo(204);
        assertThat(running.get("eve", file).outcome()).isEqualTo("404 attachment.absent");
        assertThat(running.as("ada", "DELETE", file).outcome()).isEqualTo("404 attachment.absent");
    }

    @Test
    void a_file_is_as_visible_as_its_note_is_now() {
        String id = running.create("ada", closed("Mine"));
        String files = NOTES + "/" + id + "/attachments";
        String file = files + "/" + attach("ada", files, "x", "x").text("id");
        assertThat(running.get("bob", file).outcome()).isEqualTo("404 note.absent");
        running.as("ada", "PUT", NOTES + "/" + id, Map.of("title", "Ours", "body", "", "access", "Public"));
        assertThat(running.get("bob", file).status()).isEqualTo(200);
        running.as("ada", "PUT", NOTES + "/" + id, Map.of("title", "Mine", "body", "", "access", "Private"));
        assertThat(running.get("bob", file).outcome()).isEqualTo("404 note.absent");
    }

    @Test
    void in_the_trash_a_note_keeps_its_files_and_takes_no_more() {
        String id = running.create("ada", open("Old"));
        String files = NOTES + "/" + id + "/attachments";
        String file = files + "/" + attach("ada", files, "x", "x").text("id");
        running.as("ada", "DELETE", NOTES + "/" + id);
        assertThat(running.get("ada", file).text()).isEqualTo("x");
        assertThat(attach("ada", files, "y", "y").outcome()).isEqualTo("404 note.absent");
        assertThat(running.as("ada", "DELETE", file).outcome()).isEqualTo("404 note.absent");
    }
}
