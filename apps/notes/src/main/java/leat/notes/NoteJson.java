package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Notes as they travel; people are named by their user ids, and times are moments in UTC. */
final class NoteJson {
    private NoteJson() {}

    /**
     * A note with its text.
     *
     * @param number of the version that this is
     * @param version of the whole note, as its ETag has it
     * @param notebook in which it lies
     */
    record Whole(
            String id,
            String slug,
            String organization,
            String author,
            int number,
            long version,
            String title,
            String body,
            String kind,
            String status,
            String access,
            Optional<String> color,
            Optional<String> url,
            Optional<Instant> due,
            Optional<Instant> start,
            Optional<Instant> end,
            List<String> tags,
            boolean pinned,
            boolean archived,
            Optional<Instant> trashUntil,
            Optional<String> notebook) {}

    /**
     * A note in a list.
     *
     * @param shared whether others than its author see it although it is private
     */
    record Summary(
            String id,
            String slug,
            String organization,
            String author,
            int number,
            long version,
            String title,
            String excerpt,
            String kind,
            String status,
            String access,
            Optional<String> color,
            Optional<String> url,
            Optional<Instant> due,
            Optional<Instant> start,
            Optional<Instant> end,
            List<String> tags,
            boolean pinned,
            boolean archived,
            Optional<Instant> trashUntil,
            Instant createdAt,
            Instant changedAt,
            String changedBy,
            Optional<String> notebook,
            boolean shared) {}

    /**
     * @param at when it was saved last
     * @param restores the older version that it brought back
     * @param began when it was saved first
     * @param saves how often it was saved while somebody wrote it
     */
    record Version(
            int number,
            Instant at,
            String by,
            String title,
            String access,
            Optional<Integer> restores,
            Instant began,
            int saves) {}

    /** A content that is no version of a note, in the form in which it is sent. */
    record Text(
            String title,
            String body,
            Optional<Instant> due,
            Optional<Instant> start,
            Optional<Instant> end,
            Optional<String> url,
            String status,
            String access,
            Optional<String> color,
            List<String> tags) {}

    static Text text(Content content) {
        return new Text(
                content.title(),
                content.body(),
                content.due(),
                content.start(),
                content.end(),
                content.url(),
                Words.of(content.status()),
                Words.of(content.access()),
                content.color(),
                content.tags());
    }

    static Whole whole(Notes.Found found) {
        Note.Kept note = found.note();
        Content content = note.content();
        return new Whole(
                found.id(),
                note.identity().slug(),
                note.identity().organization(),
                userId(note.identity().author()),
                note.version(),
                found.version(),
                content.title(),
                content.body(),
                Words.of(content.kind()),
                Words.of(content.status()),
                Words.of(content.access()),
                content.color(),
                content.url(),
                content.due(),
                content.start(),
                content.end(),
                content.tags(),
                note.pinned(),
                note.archived(),
                found.trashUntil(),
                found.notebook());
    }

    static Summary summary(NoteList.Item item) {
        return new Summary(
                item.id(),
                item.identity().slug(),
                item.identity().organization(),
                userId(item.identity().author()),
                item.number(),
                item.version(),
                item.title(),
                item.excerpt(),
                Words.of(item.kind()),
                Words.of(item.status()),
                Words.of(item.access()),
                item.color(),
                item.url(),
                item.due(),
                item.start(),
                item.end(),
                item.tags(),
                item.pinned(),
                item.archived(),
                item.trashUntil(),
                item.createdAt(),
                item.changedAt(),
                userId(item.changedBy()),
                item.notebook(),
                item.shared());
    }

    static Version version(NoteVersions.Item item) {
        return new Version(
                item.number(),
                item.at(),
                userId(item.by()),
                item.title(),
                Words.of(item.access()),
                item.restores(),
                item.began(),
                item.saves());
    }

    /** {@code user:ada} for {@code ada}. */
    static String person(String userId) {
        return "user:" + userId;
    }

    /** {@code ada} for {@code user:ada}. */
    static String userId(String person) {
        return person.startsWith("user:") ? person.substring("user:".length()) : person;
    }
}
