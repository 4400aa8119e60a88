package leat.notes;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.kernel.TaskRun;
import leat.kernel.Tasks;
import leat.notes.files.FileKind;
import leat.notes.files.FileName;

/**
 * What the edges ask of the files of notes and do with them; the note was found for the caller before.
 *
 * <p>Bytes come before the attachment that leads to them, and a task to remove them before both: what breaks off in between
 * leaves bytes that nothing leads to, and they go after {@link Attachment#KEPT}.
 */
final class Attachments {
    /** What a form puts around a file. */
    static final int AROUND_BYTES = 64 << 10;

    private final Entities<Attachment.Command, Attachment.Event, Attachment> entities;
    private final Reader list;
    private final FileStore store;
    private final Tasks tasks;
    private final NotesSettings settings;

    /** Bytes that are about to be an organization's, for those who come at the same time. */
    private final Map<String, Long> coming = new HashMap<>();

    Attachments(
            Entities<Attachment.Command, Attachment.Event, Attachment> entities,
            Reader list,
            FileStore store,
            Tasks tasks,
            NotesSettings settings) {
        this.entities = entities;
        this.list = list;
        this.store = store;
        this.tasks = tasks;
        this.settings = settings;
    }

    NotesSettings settings() {
        return settings;
    }

    FileStore store() {
        return store;
    }

    // --- asking --------------------------------------------------------------------------------------------------

    /** Those of a note, the oldest first. */
    List<AttachmentList.Item> of(String note) {
        return list.read(sql -> AttachmentList.of(sql, note));
    }

    /** @throws RefusedException with {@code attachment.absent} */
    AttachmentList.Item find(String note, String id) {
        return Optional.of(id)
                .filter(Ids::isId)
                .flatMap(it -> list.read(sql -> AttachmentList.find(sql, note, it)))
                .orElseThrow(() -> Attachment.absent().asException());
    }

    long bytes(String organization) {
        return list.read(sql -> AttachmentList.bytes(sql, organization));
    }

    // --- doing ---------------------------------------------------------------------------------------------------

    /**
     * Attaches a file; when the note has one of this name already, it gets a number behind its name.
     *
     * @param id of the attachment that is made
     * @throws RefusedException with {@code attachment.empty}, {@code attachment.too-large}, {@code attachment.many} or
     *     {@code attachment.quota}
     */
    AttachmentList.Item attach(Notes.Found note, String id, String called, byte[] bytes, Envelope envelope) {
        check(note.id(), bytes.length);
        String organization = note.note().identity().organization();
        String hash = FileStore.hash(bytes);
        Optional<String> known = list.read(sql -> AttachmentList.blob(sql, organization, hash));
        long further = known.isPresent() ? 0 : bytes.length;
        reserve(organization, further);
        try {
            String blob = known.orElseGet(() -> keep(organization, id, bytes, envelope));
            var file = new Attachment.File(FileName.fitting(called), FileKind.of(bytes), bytes.length, hash, blob);
            Answer<Attachment> answer = named(note.id(), organization, id, file, envelope);
            list.await(answer.position(), Reader.PATIENCE);
            return find(note.id(), answer.id());
        } finally {
            release(organization, further);
        }
    }

    private void check(String note, int bytes) {
        if (bytes == 0) {
            throw Refusal.of(Refusal.Kind.INVALID, "attachment.empty", "The file is empty.")
                    .asException();
        }
        if (bytes > settings.fileBytes()) {
            throw tooLarge();
        }
        if (of(note).size() >= AttachmentList.MAX_PER_NOTE) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "attachment.many",
                            "A note has at most " + AttachmentList.MAX_PER_NOTE + " files; remove one first.")
                    .asException();
        }
    }

    RefusedException tooLarge() {
        return Refusal.of(
                        Refusal.Kind.TOO_LARGE,
                        "attachment.too-large",
                        "A file has at most " + Labels.bytes(settings.fileBytes()) + ".")
                .asException();
    }

    /** Within one process exact; several may together go over it by what they take at the same time. */
    private synchronized void reserve(String organization, long bytes) {
        long taken = bytes(organization) + coming.getOrDefault(organization, 0L);
        if (bytes > 0 && taken + bytes > settings.organizationBytes()) {
            throw Refusal.of(
                            Refusal.Kind.TOO_LARGE,
                            "attachment.quota",
                            "The files of an organization have at most " + Labels.bytes(settings.organizationBytes())
                                    + "; remove some first.")
                    .with("used", taken)
                    .with("quota", settings.organizationBytes())
                    .asException();
        }
        coming.merge(organization, bytes, Long::sum);
    }

    private synchronized void release(String organization, long bytes) {
        coming.computeIfPresent(organization, (_, all) -> all == bytes ? null : all - bytes);
    }

    /** Whether there has never been an attachment of this id. */
    boolean isNew(String id) {
        return entities.get(id).version() == 0;
    }

    /** Stores bytes for {@link Attachment#KEPT}, and for longer when an attachment leads to them by then. */
    String keep(String organization, String id, byte[] bytes, Envelope envelope) {
        String blob = store.name(organization, id, bytes);
        Instant later = envelope.at().plus(Attachment.KEPT);
        tasks.schedule(Attachment.SWEEP, blob, new Attachment.Sweep(blob), later, envelope);
        return store.put(organization, id, bytes);
    }

    /** Under the first name that is free; another may take it in between, and then the next one is tried. */
    private Answer<Attachment> named(
            String note, String organization, String id, Attachment.File file, Envelope envelope) {
        Set<String> taken = new HashSet<>();
        of(note).forEach(it -> taken.add(FileName.key(it.file().name())));
        for (int number = 1; ; number++) {
            String name = FileName.numbered(file.name(), number);
            if (taken.contains(FileName.key(name))) {
                continue;
            }
            try {
                return entities.tell(id, new Attachment.Command.Attach(note, organization, file.named(name)), envelope);
            } catch (RefusedException e) {
                if (!e.refusal().code().equals("attachment.name-taken") || number > 2 * AttachmentList.MAX_PER_NOTE) {
                    throw e;
                }
            }
        }
    }

    /** Those that somebody attached, at any note. */
    List<AttachmentList.Item> by(String person) {
        return list.read(sql -> AttachmentList.by(sql, person));
    }

    /** Leaves its name to the organization, for whoever attached it is being forgotten. */
    void handOver(String id, Envelope envelope) {
        var _ = entities.tell(id, new Attachment.Command.HandOver(), envelope);
    }

    void remove(String note, String id, Envelope envelope) {
        Answer<Attachment> answer = entities.tell(find(note, id).id(), new Attachment.Command.Remove(), envelope);
        list.await(answer.position(), Reader.PATIENCE);
    }

    // --- tasks ---------------------------------------------------------------------------------------------------

    /** With a note that is removed for good its files go. */
    void removeAll(TaskRun task) {
        int n = 0;
        for (AttachmentList.Item it : of(task.key())) {
            entities.tell(it.id(), new Attachment.Command.Remove(), task.envelope(n++));
        }
    }

    /** Who began to lead to these bytes did so because another led to them then, a day ago at least. */
    void sweep(TaskRun task) throws Exception {
        String blob = task.payload(Attachment.Sweep.class).blob();
        if (!list.read(sql -> AttachmentList.isLedTo(sql, blob))) {
            store.remove(blob);
        }
    }
}
