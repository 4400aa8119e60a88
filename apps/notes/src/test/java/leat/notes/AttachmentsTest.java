package leat.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import leat.kernel.Definition;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.RefusedException;
import leat.kernel.TaskRun;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the bytes of attached files. */
final class AttachmentsTest {
    private static final String ORGANIZATION = "00000000ACME0";

    private final Ids ids = new Ids(Clock.systemUTC(), 7);
    private final MemoryEngine engine = new MemoryEngine();
    private final CompletableFuture<Notes> notes = new CompletableFuture<>();
    private final CompletableFuture<Attachments> attachments = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Node node;

    @BeforeEach
    void start() {
        node = Node.start(NodeSettings.defaults(), engine, List.of(new Module() {
            @Override
            public String name() {
                return "notes";
            }

            @Override
            public void define(Definition m) {
                var module = new NotesModule();
                notes.complete(module.mount(m));
                attachments.complete(module.attachments(m));
            }
        }));
    }

    @AfterEach
    void stop() {
        node.close();
        engine.close();
    }

    private Envelope envelope(Instant at) {
        return new Envelope(ids.nextCommand(), "request-1", "user:tester", at);
    }

    private Notes.Found note(String title, Instant at) {
        String id = ids.next();
        var answer =
                notes.join().entities().tell(id, new Note.Command.Create(ORGANIZATION, titled(title)), envelope(at));
        return new Notes.Found(id, (Note.Kept) answer.state(), answer.version(), Optional.empty(), Optional.empty());
    }

    private AttachmentList.Item attach(Notes.Found note, String text) {
        return attachments.join().attach(note, ids.next(), "x.txt", text.getBytes(UTF_8), envelope(Instant.now()));
    }

    private void sweep(String blob) throws Exception {
        attachments.join().sweep(new SweepRun(blob));
    }

    private Set<String> blobs() throws Exception {
        var blobs = new HashSet<String>();
        engine.blobs().each(it -> blobs.add(it.hash()));
        return blobs;
    }

    /** One attempt at removing bytes. */
    private record SweepRun(String blob) implements TaskRun {
        @Override
        public UUID id() {
            return new UUID(0, 0);
        }

        @Override
        public String kind() {
            return Attachment.SWEEP;
        }

        @Override
        public String key() {
            return blob;
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public <T> T payload(Class<T> type) {
            return type.cast(new Attachment.Sweep(blob));
        }

        @Override
        public Envelope envelope(int n) {
            throw new UnsupportedOperationException("nothing is sent");
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    @Test
    void bytes_go_when_the_last_file_that_leads_to_them_is_gone() throws Exception {
        Notes.Found note = note("Roof", Instant.now());
        AttachmentList.Item one = attach(note, "tiles");
        AttachmentList.Item two = attach(note, "tiles");
        String blob = one.file().blob();
        assertThat(two.file().blob()).isEqualTo(blob);
        attachments.join().remove(note.id(), one.id(), envelope(Instant.now()));
        sweep(blob);
        assertThat(attachments.join().store().read(blob)).isEqualTo("tiles".getBytes(UTF_8));
        attachments.join().remove(note.id(), two.id(), envelope(Instant.now()));
        sweep(blob);
        assertThat(blobs()).isEmpty();
    }

    @Test
    void bytes_that_come_back_are_others() throws Exception {
        Notes.Found note = note("Roof", Instant.now());
        AttachmentList.Item one = attach(note, "tiles");
        attachments.join().remove(note.id(), one.id(), envelope(Instant.now()));
        AttachmentList.Item two = attach(note, "tiles");
        sweep(one.file().blob());
        assertThat(attachments.join().store().read(two.file().blob())).isEqualTo("tiles".getBytes(UTF_8));
    }

    @Test
    void files_go_with_a_note_that_is_removed_for_good() throws Exception {
        Instant past = Instant.now().minus(Note.RETENTION).minusSeconds(1);
        Notes.Found note = note("Roof", past);
        AttachmentList.Item file = attach(note, "tiles");
        notes.join().entities().tell(note.id(), new Note.Command.Trash(note.id()), envelope(past));
        Running.await(() -> attachments.join().of(note.id()).isEmpty());
        assertThat(attachments.join().bytes(ORGANIZATION)).isZero();
        sweep(file.file().blob());
        assertThat(blobs()).isEmpty();
    }

    @Test
    void a_note_has_at_most_as_many_files_as_it_says() {
        Notes.Found note = note("Roof", Instant.now());
        for (int i = 0; i < AttachmentList.MAX_PER_NOTE; i++) {
            attach(note, "tile " + i);
        }
        assertThat(attachments.join().of(note.id()))
                .extracting(it -> it.file().name())
                .doesNotHaveDuplicates()
                .contains("x.txt", "x (200).txt");
        assertThatThrownBy(() -> attach(note, "one more"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        it -> assertThat(it.refusal().code()).isEqualTo("attachment.many"));
    }
}
