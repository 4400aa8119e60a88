package leat.notes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.notes.files.FileKind;
import leat.web.Access;
import leat.web.Form;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** What the page and the editor of a note send and show of its files; the page itself is one of {@link NotePages}. */
final class AttachmentPages {
    private static final String FILES = "/notes/{id}/attachments";
    private static final String FILE = FILES + "/{attachment}";

    private final Notes notes;
    private final Attachments attachments;
    private final AttachmentsApi api;

    AttachmentPages(Notes notes, Attachments attachments, AttachmentsApi api) {
        this.notes = notes;
        this.attachments = attachments;
        this.api = api;
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        Access editor = notes.may(Right.WRITE);
        return List.of(
                Route.post(FILES, editor, this::attach)
                        .bodyUpTo(attachments.settings().fileBytes() + Attachments.AROUND_BYTES),
                Route.get(FILE, viewer, api::read),
                Route.get(FILE + "/thumbnail", viewer, api::thumbnail),
                Route.delete(FILE, editor, this::remove));
    }

    /** What the editor writes into the text. */
    private record Written(String name, String markdown) {
        static Written of(Attachment.File file) {
            String label = file.name().replaceAll("([\\\\\\[\\]])", "\\\\$1");
            String address =
                    URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
            return new Written(
                    file.name(),
                    (FileKind.isPicture(file.type()) ? "!" : "") + "[" + label + "](attachment:" + address + ")");
        }
    }

    private record Attached(List<Written> items) {}

    Response attach(Request request) {
        Notes.Found note = notes.find(request);
        List<Form.Upload> chosen = request.form().files("file");
        if (chosen.isEmpty()) {
            throw Refusal.of(Refusal.Kind.INVALID, "attachment.empty", "Choose a file first.")
                    .asException();
        }
        List<Written> written = chosen.stream()
                .map(it -> Written.of(attached(request, note, it).file()))
                .toList();
        return NotePages.isScript(request)
                ? Response.ok(new Attached(written))
                : Response.redirect("/notes/" + note.id() + "#files");
    }

    private AttachmentList.Item attached(Request request, Notes.Found note, Form.Upload file) {
        Envelope envelope = notes.sender().envelope(request);
        return attachments.attach(note, notes.sender().ids().next(), file.fileName(), file.bytes(), envelope);
    }

    Response remove(Request request) {
        api.remove(request);
        return Response.redirect("/notes/" + notes.find(request).id() + "#files");
    }
}
