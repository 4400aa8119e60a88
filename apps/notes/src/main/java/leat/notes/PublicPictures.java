package leat.notes;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import leat.notes.files.FileKind;
import leat.notes.files.FileName;
import leat.notes.text.Markdown;
import leat.web.Request;
import leat.web.Response;

/**
 * The pictures that a public page shows: those attached to its note that its text names as it stands. Other files of the note
 * are not for everybody, and neither are pictures that only an older text named.
 */
record PublicPictures(Attachments attachments, AttachedFile files) {
    /** Where the picture of a name is, below the address of the note's page. */
    Function<String, Optional<String>> below(String page, String note) {
        List<AttachmentList.Item> pictures = pictures(note);
        return name -> named(pictures, name).map(it -> page + "/files/" + it.id());
    }

    /** @throws leat.kernel.RefusedException with {@code link.absent} for what the text does not show */
    Response read(Request request, String note, Content content, String attachment) {
        List<AttachmentList.Item> pictures = pictures(note);
        Set<AttachmentList.Item> shown = new HashSet<>();
        Markdown.html(content.body(), _ -> Optional.empty(), name -> {
            named(pictures, name).ifPresent(shown::add);
            return Optional.empty();
        });
        return shown.stream()
                .filter(it -> it.id().equals(attachment))
                .findFirst()
                .map(it -> files.whole(request, it).header("X-Robots-Tag", PublicPages.ROBOTS))
                .orElseThrow(() -> PublicLink.absent().asException());
    }

    private List<AttachmentList.Item> pictures(String note) {
        return attachments.of(note).stream()
                .filter(it -> FileKind.isPicture(it.file().type()))
                .toList();
    }

    private static Optional<AttachmentList.Item> named(List<AttachmentList.Item> pictures, String name) {
        String key = FileName.key(name);
        return pictures.stream()
                .filter(it -> FileName.key(it.file().name()).equals(key))
                .findFirst();
    }
}
