package leat.notes;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import leat.kernel.Refusal.Violation;
import leat.notes.text.Tags;

/**
 * A content as it is sent, with everything as text, so that all that is wrong with it can be said at once.
 *
 * <p>What is left out is empty; status, access and notebook stay as they are, and are {@code Blank}, {@code Private} and
 * none in a new note.
 *
 * @param due moments are written as {@code 2026-06-01T12:00:00Z}, or with an offset in the place of the Z
 * @param status one of the words of {@code /api/notes/stati}
 * @param access {@code Private} or {@code Public}
 * @param tags as people type them; they are kept as {@link Tags#normalized} says
 * @param notebook in which it lies; an empty text for none
 */
record NoteDraft(
        Optional<String> title,
        Optional<String> body,
        Optional<String> due,
        Optional<String> start,
        Optional<String> end,
        Optional<String> url,
        Optional<String> status,
        Optional<String> access,
        Optional<String> color,
        Optional<List<String>> tags,
        Optional<String> notebook) {

    NoteDraft(
            Optional<String> title,
            Optional<String> body,
            Optional<String> due,
            Optional<String> start,
            Optional<String> end,
            Optional<String> url,
            Optional<String> status,
            Optional<String> access,
            Optional<String> color,
            Optional<List<String>> tags) {
        this(title, body, due, start, end, url, status, access, color, tags, Optional.empty());
    }

    private static final List<String> ORDER =
            List.of("title", "body", "due", "start", "end", "url", "status", "access", "color", "tags");

    /**
     * The content that is meant.
     *
     * @param before the content that it takes the place of
     * @throws leat.kernel.RefusedException with {@code note.invalid} and everything that is wrong, in declared order, when
     *     something cannot be read
     */
    Content content(Content before, Instant now) {
        var unreadable = new ArrayList<Violation>();
        var content = new Content(
                title.orElse(""),
                body.orElse(""),
                moment("due", due, unreadable),
                moment("start", start, unreadable),
                moment("end", end, unreadable),
                url,
                word("status", Content.Status.class, status, before.status(), unreadable),
                word("access", Content.Access.class, access, before.access(), unreadable),
                color,
                Tags.normalized(tags.orElse(List.of())));
        if (unreadable.isEmpty()) {
            return content;
        }
        var all = new ArrayList<>(unreadable);
        content.violations(before.due(), now).stream()
                .filter(it -> unreadable.stream().noneMatch(bad -> bad.field().equals(it.field())))
                .filter(it -> !it.code().equals("end.alone") || start.isEmpty())
                .forEach(all::add);
        all.sort(Comparator.comparingInt(it -> ORDER.indexOf(it.field().split("\\.", 2)[0])));
        throw Note.invalid(all).asException();
    }

    /** @throws leat.kernel.RefusedException with {@code note.invalid} */
    static Content.Status status(String word) {
        var unreadable = new ArrayList<Violation>();
        Content.Status status =
                word("status", Content.Status.class, Optional.of(word), Content.Status.BLANK, unreadable);
        if (!unreadable.isEmpty()) {
            throw Note.invalid(unreadable).asException();
        }
        return status;
    }

    private static Optional<Instant> moment(String field, Optional<String> text, List<Violation> unreadable) {
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            unreadable.add(
                    new Violation(field, field + ".shape", "Write a moment in this form: 2026-06-01T12:00:00Z."));
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> E word(
            String field, Class<E> type, Optional<String> word, E before, List<Violation> unreadable) {
        Optional<E> known = word.flatMap(it -> Words.read(type, it));
        if (word.isPresent() && known.isEmpty()) {
            unreadable.add(
                    new Violation(field, field + ".unknown", "Use one of " + String.join(", ", Words.all(type)) + "."));
        }
        return known.orElse(before);
    }
}
