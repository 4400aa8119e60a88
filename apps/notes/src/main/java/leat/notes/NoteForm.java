package leat.notes;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.notes.text.Tags;
import leat.web.Form;
import leat.web.Request;
import leat.web.ui.FormState;
import leat.web.ui.ReaderZone;

/** A note's content as the fields of a form, and back; moments are days and times in the zone that the form names. */
final class NoteForm {
    /** The fields in which a form has the content. */
    static final List<String> NAMES =
            List.of("title", "body", "tags", "status", "access", "due", "start", "end", "url", "color");

    /** In which its days and times are. */
    static final String ZONE = "zone";

    private NoteForm() {}

    /** In which a form is sent, or asked for: what it says itself, else its reader's. */
    static ZoneId zone(Request request) {
        Optional<String> named =
                request.isSafe() ? request.query(ZONE) : request.form().first(ZONE);
        return named.flatMap(ReaderZone::named).orElseGet(() -> ReaderZone.of(request));
    }

    static Map<String, String> fields(Content content, ZoneId zone) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("title", content.title());
        fields.put("body", content.body().replace("\r\n", "\n"));
        fields.put("tags", String.join(", ", content.tags()));
        fields.put("status", Words.of(content.status()));
        fields.put("access", Words.of(content.access()));
        fields.put("due", Labels.field(content.due(), zone));
        fields.put("start", Labels.field(content.start(), zone));
        fields.put("end", Labels.field(content.end(), zone));
        fields.put(ZONE, zone.getId());
        fields.put("url", content.url().orElse(""));
        fields.put("color", content.color().orElse(""));
        return fields;
    }

    static FormState state(Content content, ZoneId zone) {
        FormState state = FormState.empty();
        for (Map.Entry<String, String> field : fields(content, zone).entrySet()) {
            state = state.with(field.getKey(), field.getValue());
        }
        return state;
    }

    /**
     * The content that was sent.
     *
     * @param zone in which its days and times are
     * @param before the content that it was made from; what the form does not have stays as it is there
     * @throws leat.kernel.RefusedException with {@code note.invalid} when something cannot be read
     */
    static Content content(Form form, ZoneId zone, Content before, Instant now) {
        String body = form.first("body").map(it -> it.replace("\r\n", "\n")).orElse(before.body());
        boolean isSameBody = body.equals(before.body().replace("\r\n", "\n"));
        return new NoteDraft(
                        Optional.of(form.first("title").map(String::strip).orElse(before.title())),
                        Optional.of(isSameBody ? before.body() : body),
                        moment(form, "due", zone, before.due()),
                        moment(form, "start", zone, before.start()),
                        moment(form, "end", zone, before.end()),
                        form.first("url")
                                .map(Optional::of)
                                .orElse(before.url())
                                .map(String::strip)
                                .filter(it -> !it.isEmpty()),
                        form.first("status"),
                        form.first("access"),
                        form.first("color")
                                .map(Optional::of)
                                .orElse(before.color())
                                .filter(it -> !it.isEmpty()),
                        Optional.of(form.first("tags").map(Tags::typed).orElse(before.tags())))
                .content(before, now);
    }

    /** What a field says in the form of the API; a moment that the form shows cut stays whole while nobody changes it. */
    private static Optional<String> moment(Form form, String name, ZoneId zone, Optional<Instant> before) {
        Optional<String> typed = form.first(name).map(String::strip);
        if (typed.isEmpty() || typed.get().equals(Labels.field(before, zone))) {
            return before.map(Instant::toString);
        }
        return typed.filter(it -> !it.isEmpty()).map(it -> moment(it, zone));
    }

    /** What is no day and time goes on as it was typed, for the content to refuse. */
    private static String moment(String typed, ZoneId zone) {
        try {
            return LocalDateTime.parse(typed).atZone(zone).toInstant().toString();
        } catch (DateTimeException e) {
            return typed;
        }
    }
}
