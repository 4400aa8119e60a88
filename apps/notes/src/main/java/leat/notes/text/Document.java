package leat.notes.text;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A note on its way into a file or out of one. Nothing in it is judged: it may come from anywhere, and a title of a
 * thousand characters or an unknown status is for the note to refuse.
 *
 * @param folder names with slashes between them; empty at the top
 * @param body Markdown, byte for byte
 * @param created when its author began it, where that is known
 * @param changed when it was last written, where that is known
 */
public record Document(
        String folder,
        String title,
        String body,
        Optional<Instant> due,
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<String> url,
        Optional<String> status,
        Optional<String> access,
        Optional<String> color,
        List<String> tags,
        Optional<Instant> created,
        Optional<Instant> changed,
        boolean pinned,
        boolean archived) {

    public Document {
        tags = List.copyOf(tags);
    }

    /** One with nothing but words. */
    public static Document of(String title, String body) {
        return new Document(
                "",
                title,
                body,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }

    /** The same with another body. */
    public Document withBody(String other) {
        return new Document(
                folder, title, other, due, start, end, url, status, access, color, tags, created, changed, pinned,
                archived);
    }
}
