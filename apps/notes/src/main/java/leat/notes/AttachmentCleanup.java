package leat.notes;

import leat.kernel.Process;
import leat.kernel.Reaction;

/** With a note that is removed for good its files go, whoever removed it. */
final class AttachmentCleanup {
    /** Removes the files of the note that is its key. */
    static final String TASK = "notes.remove-attachments";

    static final Process<Process.Nothing> PROCESS = Process.named("notes.attachment-cleanup")
            .on(
                    Note.Event.Expired.class,
                    it -> Reaction.<Process.Nothing>none().task(TASK, it.id(), new Work(it.id()), it.at()));

    private AttachmentCleanup() {}

    record Work(String note) {}
}
