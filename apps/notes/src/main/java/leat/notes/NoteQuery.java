package leat.notes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.RefusedException;
import leat.notes.text.Tags;
import leat.web.Request;

/** Reads what a list is narrowed to from a request's query; what cannot be read is refused with {@code filter.invalid}. */
final class NoteQuery {
    private static final String MOMENT = "Write a moment as 2026-06-01T12:00:00Z, or a day as 2026-06-01.";

    private final Request request;
    private final ZoneId zone;
    private final List<Violation> wrong = new ArrayList<>();

    private NoteQuery(Request request, ZoneId zone) {
        this.request = request;
        this.zone = zone;
    }

    /** Days are those of UTC. */
    static NoteFilter of(Request request, NoteFilter within) {
        return of(request, within, ZoneOffset.UTC);
    }

    /**
     * @param within the list that is narrowed
     * @param zone whose days are meant
     */
    static NoteFilter of(Request request, NoteFilter within, ZoneId zone) {
        var query = new NoteQuery(request, zone);
        var filter = new NoteFilter(
                within.state(),
                query.words("kind", Kind.class),
                query.words("status", Content.Status.class),
                query.text("tag").map(Tags::normalized),
                query.text("author").map(userId -> "user:" + userId),
                query.moment("dueFrom"),
                query.moment("dueBefore"),
                query.text("q").orElse(""),
                query.read("archived", NoteQuery::truth, "Use true or false."),
                query.text("notebook"));
        if (!query.wrong.isEmpty()) {
            throw Refusal.invalid("filter.invalid", query.wrong.getFirst().message(), query.wrong)
                    .asException();
        }
        return filter;
    }

    static NoteList.Order order(Request request) {
        return request.query("order")
                .map(text -> Words.read(NoteList.Order.class, text)
                        .orElseThrow(() -> invalid("order", "Use changed or due.")))
                .orElse(NoteList.Order.CHANGED);
    }

    private Optional<String> text(String name) {
        return request.query(name).filter(text -> !text.isBlank());
    }

    private <E extends Enum<E>> Optional<E> words(String name, Class<E> type) {
        return read(name, word -> Words.read(type, word), "Use one of " + String.join(", ", Words.all(type)) + ".");
    }

    private Optional<Instant> moment(String name) {
        return read(name, text -> text.length() == 10 ? day(text) : instant(text), MOMENT);
    }

    private <T> Optional<T> read(String name, Function<String, Optional<T>> reader, String advice) {
        Optional<String> text = text(name);
        Optional<T> value = text.flatMap(reader);
        if (text.isPresent() && value.isEmpty()) {
            wrong.add(new Violation(name, name + ".shape", advice));
        }
        return value;
    }

    private Optional<Instant> day(String text) {
        try {
            return instant(LocalDate.parse(text).atStartOfDay(zone).toInstant().toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Empty for what is no moment, or none that a note can have. */
    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text))
                    .filter(it -> !it.isBefore(Content.BEGIN_OF_TIME) && it.isBefore(Content.END_OF_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> truth(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }

    static RefusedException invalid(String field, String advice) {
        return Refusal.invalid("filter.invalid", advice, List.of(new Violation(field, field + ".shape", advice)))
                .asException();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
