package leat.notes;

import java.time.Instant;
import java.util.List;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Form;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** The HTTP interface of the files of notes. Who sees the note sees them, and editors attach and remove. */
final class AttachmentsApi {
    private static final String FILES = "/api/notes/notes/{id}/attachments";
    private static final String FILE = FILES + "/{attachment}";

    private final Notes notes;
    private final Attachments attachments;
    private final AttachedFile files;

    AttachmentsApi(Notes notes, Attachments attachments, AttachedFile files) {
        this.notes = notes;
        this.attachments = attachments;
        this.files = files;
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        Access editor = notes.may(Right.WRITE);
        return List.of(
                Route.get(FILES, viewer, this::list)
                        .summary("List the files of a note, the oldest first.")
                        .answers(Listed.class)
                        .refuses("note.absent"),
                Route.post(FILES, editor, this::attach)
                        .summary("Attach a file: as the body, or as the part \"file\" of a multipart form.")
                        .query("name", "What the file is called, when it is the body.")
                        .bodyUpTo(attachments.settings().fileBytes() + Attachments.AROUND_BYTES)
                        .answers(201, Attached.class)
                        .refuses(
                                "note.absent",
                                "attachment.empty",
                                "attachment.too-large",
                                "attachment.many",
                                "attachment.quota"),
                Route.get(FILE, viewer, this::read)
                        .summary("Read a file of a note, whole or one range of it.")
                        .answers("application/octet-stream")
                        .refuses("note.absent", "attachment.absent"),
                Route.get(FILE + "/thumbnail", viewer, this::thumbnail)
                        .summary("Read a small JPEG of a PNG, JPEG or GIF.")
                        .answers("image/jpeg")
                        .refuses("note.absent", "attachment.absent", "attachment.no-thumbnail"),
                Route.delete(FILE, editor, this::remove)
                        .summary("Remove a file of a note for good.")
                        .answers(204)
                        .refuses("note.absent", "attachment.absent"));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /**
     * @param name which the note's text names it by: {@code attachment:<name>}
     * @param type its media type, told by its bytes
     * @param size in bytes
     * @param sha256 of its bytes
     */
    record Attached(
            String id,
            String name,
            String type,
            long size,
            String sha256,
            String author,
            Instant at,
            boolean thumbnail) {
        static Attached of(AttachmentList.Item it) {
            return new Attached(
                    it.id(),
                    it.file().name(),
                    it.file().type(),
                    it.file().size(),
                    it.file().hash(),
                    NoteJson.userId(it.author()),
                    it.at(),
                    AttachedFile.hasThumbnail(it.file()));
        }
    }

    record Listed(List<Attached> items) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response list(Request request) {
        return Response.ok(new Listed(attachments.of(notes.find(request).id()).stream()
                .map(Attached::of)
                .toList()));
    }

    Response attach(Request request) {
        Notes.Found note = notes.find(request);
        Sent sent = sent(request);
        Envelope envelope = notes.sender().envelope(request);
        String id = notes.sender().idFor(request, envelope);
        Attached attached = Attached.of(attachments.attach(note, id, sent.name(), sent.bytes(), envelope));
        return Response.created("/api/notes/notes/" + note.id() + "/attachments/" + attached.id(), attached);
    }

    private record Sent(String name, byte[] bytes) {}

    private static Sent sent(Request request) {
        boolean isForm = request.header("content-type").orElse("").startsWith("multipart/form-data");
        if (!isForm) {
            return new Sent(request.query("name").orElse("file"), request.body());
        }
        Form.Upload file = request.form()
                .file("file")
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.INVALID, "attachment.empty", "Send the file as the part named \"file\".")
                        .asException());
        return new Sent(file.fileName(), file.bytes());
    }

    Response read(Request request) {
        return files.whole(request, found(request));
    }

    Response thumbnail(Request request) {
        return files.thumbnail(found(request));
    }

    /** In the trash, too, where a note is still looked at. */
    private AttachmentList.Item found(Request request) {
        return attachments.find(notes.findAnywhere(request).id(), request.parameter("attachment"));
    }

    Response remove(Request request) {
        attachments.remove(
                notes.find(request).id(),
                request.parameter("attachment"),
                notes.sender().envelope(request));
        return Response.noContent();
    }
}
