package leat.notes;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.notes.text.Document;
import leat.notes.text.Enclosed;
import leat.notes.text.MarkdownZip;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;

/**
 * Notes that a person sees, with their files, as one zip that is written while it is sent, whatever its size. It has the notes
 * as they stand now, those in the archive too; what is in the trash, older versions and comments are not in it.
 */
record Exporting(Notes notes, Attachments attachments) {
    /** Notes that are listed at a time. */
    private static final int AT_A_TIME = 200;

    /** @param filter which of the notes that the caller sees */
    Response zip(Request request, String organization, NoteFilter filter) {
        filter.notebook().ifPresent(it -> notes.notebooks().find(request, it));
        String day = notes.sender()
                .clock()
                .instant()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        return Response.stream("application/zip", out -> write(request, organization, filter, out))
                .header("Content-Disposition", "attachment; filename=\"notes-" + day + ".zip\"")
                .header("Cache-Control", "no-store");
    }

    private void write(Request request, String organization, NoteFilter filter, OutputStream out) throws IOException {
        Map<String, String> folders = folders(request, organization);
        try (var zip = MarkdownZip.to(out)) {
            for (Map.Entry<String, Dates> it :
                    all(request, organization, filter).entrySet()) {
                Optional<Notes.Found> found = notes.seen(request, it.getKey());
                if (found.filter(note -> note.trashUntil().isEmpty()).isPresent()) {
                    zip.add(document(found.get(), it.getValue(), folders), files(it.getKey()));
                }
            }
        }
    }

    private record Dates(Instant created, Instant changed) {}

    /**
     * All ids, before the first note is written: what is changed while a list is read moves to its beginning, where it is
     * looked for again.
     */
    private Map<String, Dates> all(Request request, String organization, NoteFilter filter) {
        var all = new LinkedHashMap<String, Dates>();
        int before;
        do {
            before = all.size();
            Optional<String> after = Optional.empty();
            do {
                Page<NoteList.Item> page =
                        notes.list(request, organization, filter, NoteList.Order.CHANGED, new Paging(after, AT_A_TIME));
                page.items().forEach(it -> all.putIfAbsent(it.id(), new Dates(it.createdAt(), it.changedAt())));
                after = page.next()
                        .map(_ -> NoteList.Order.CHANGED.key(page.items().getLast()));
            } while (after.isPresent());
        } while (all.size() > before);
        return all;
    }

    /** The notebooks that the caller sees, each as names with slashes between them. */
    private Map<String, String> folders(Request request, String organization) {
        List<NotebookList.Item> seen = notes.notebooks().in(request, organization);
        var names = new HashMap<String, String>();
        seen.forEach(it -> names.put(it.id(), it.name().replace('/', '-')));
        var folders = new HashMap<String, String>();
        for (NotebookList.Item it : seen) {
            var path = new StringBuilder();
            for (String id : it.path().split("/", -1)) {
                String name = names.getOrDefault(id, "");
                path.append(path.isEmpty() || name.isEmpty() ? "" : "/").append(name);
            }
            folders.put(it.id(), path.toString());
        }
        return folders;
    }

    private List<Enclosed> files(String note) {
        return attachments.of(note).stream()
                .map(it -> new Enclosed(
                        it.file().name(),
                        () -> attachments.store().open(it.file().blob())))
                .toList();
    }

    private static Document document(Notes.Found found, Dates dates, Map<String, String> folders) {
        Note.Kept note = found.note();
        Content content = note.content();
        return new Document(
                found.notebook().map(it -> folders.getOrDefault(it, "")).orElse(""),
                content.title(),
                content.body(),
                content.due(),
                content.start(),
                content.end(),
                content.url(),
                Optional.of(Words.of(content.status())),
                Optional.of(Words.of(content.access())),
                content.color(),
                content.tags(),
                Optional.of(dates.created()),
                Optional.of(dates.changed()),
                note.pinned(),
                note.archived());
    }
}
