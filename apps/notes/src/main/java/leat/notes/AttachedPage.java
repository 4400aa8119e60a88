package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.notes.files.FileName;
import leat.web.ui.Action;

/**
 * The files of a note, as its page shows them.
 *
 * @param mayWrite whether the reader may attach and remove
 * @param limit what to say of how large a file may be
 */
record AttachedPage(String note, List<Row> rows, boolean mayWrite, String limit) {
    /** Of a note that is not there yet. */
    static final AttachedPage NONE = new AttachedPage("", List.of(), false, "");

    /** @param remove empty for who may not */
    record Row(
            String name, String size, Instant at, String href, Optional<String> thumbnail, Optional<Action> remove) {}

    static AttachedPage of(Attachments attachments, Notes.Found note, boolean mayWrite) {
        return new AttachedPage(
                note.id(),
                attachments.of(note.id()).stream().map(it -> row(it, mayWrite)).toList(),
                mayWrite,
                "Up to " + Labels.bytes(attachments.settings().fileBytes()) + " each.");
    }

    private static Row row(AttachmentList.Item it, boolean mayWrite) {
        String href = "/notes/" + it.note() + "/attachments/" + it.id();
        return new Row(
                it.file().name(),
                Labels.bytes(it.file().size()),
                it.at(),
                href,
                AttachedFile.hasThumbnail(it.file()) ? Optional.of(href + "/thumbnail") : Optional.empty(),
                mayWrite
                        ? Optional.of(
                                Action.of("Remove", "DELETE", href)
                                        .styled("button-small button-quiet")
                                        .confirm(
                                                "Remove " + it.file().name() + "?",
                                                "The file is removed for good; older versions of the note do not bring it back."))
                        : Optional.empty());
    }

    /** Where the file of this name is, told as a text names it. */
    Optional<String> address(String name) {
        String key = FileName.key(name);
        return rows.stream()
                .filter(it -> FileName.key(it.name()).equals(key))
                .findFirst()
                .map(Row::href);
    }
}
