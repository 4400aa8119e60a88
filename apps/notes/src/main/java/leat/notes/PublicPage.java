package leat.notes;

import gg.jte.Content;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What anybody sees at the address of a public link: one note, or the titles of several. It says nothing of who wrote them.
 *
 * @param back to the notebook, for a note in it
 * @param url what a bookmark leads to
 * @param body rendered, and safe; its links to other notes are plain text
 */
record PublicPage(
        String title, Optional<String> back, Optional<String> url, Optional<Content> body, List<Entry> entries) {
    record Entry(String path, String title, Instant changedAt) {}
}
