package leat.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The question that a form wants asked before its deed is done. A form that still carries the question is answered with a
 * page that asks it, and nothing is done; a page's own script asks by itself and sends the form without it. So what
 * destroys asks with scripts and without.
 *
 * <p>Only a form sent in a session can ask, for its token proves that the words are those of a page of ours.
 *
 * @param question such as "Delete this mock?"
 * @param detail what will be lost
 * @param label names the deed, as on its button
 * @param phrase what must be typed first; empty for nothing
 * @param mistyped whether something else was typed
 * @param target path and query that the form was sent to, and is sent to again
 * @param fields the other fields of the form, which say what the deed is
 * @param back the page that the form stood in
 */
public record Confirmation(
        String question,
        String detail,
        String label,
        String phrase,
        boolean mistyped,
        String target,
        Map<String, List<String>> fields,
        String back) {
    /** The form fields that carry the question; {@link #TYPED} carries the answer where one must be typed. */
    public static final String ASK = "_ask";

    public static final String DETAIL = "_ask_detail";
    public static final String LABEL = "_ask_label";
    public static final String PHRASE = "_ask_phrase";
    public static final String TYPED = "_ask_typed";
    private static final String BACK = "_ask_back";

    private static final List<String> OWN = List.of(ASK, DETAIL, LABEL, PHRASE, TYPED, BACK);

    /** The fields that carry the question again, for a page on which something must be typed. */
    public Map<String, String> asked() {
        return Map.of(ASK, question, DETAIL, detail, LABEL, label, PHRASE, phrase, BACK, back);
    }

    /** What this request wants asked; empty when it asks nothing, or when what had to be typed was. */
    static Optional<Confirmation> of(Request request) {
        if (request.isSafe()
                || request.isHtmx()
                || !request.mediaType().equals("application/x-www-form-urlencoded")
                || !(request.caller() instanceof Caller.Person person)
                || !(person.credential() instanceof Credential.Session)) {
            return Optional.empty();
        }
        Form form = request.form();
        String question = form.first(ASK).orElse("");
        String phrase = form.first(PHRASE).orElse("");
        Optional<String> typed = form.first(TYPED).map(String::strip);
        if (question.isEmpty()
                || (!phrase.isEmpty() && typed.filter(phrase::equals).isPresent())) {
            return Optional.empty();
        }
        var fields = new LinkedHashMap<>(form.fields());
        OWN.forEach(fields::remove);
        return Optional.of(new Confirmation(
                question,
                form.first(DETAIL).orElse(""),
                form.first(LABEL).orElse("Continue"),
                phrase,
                typed.isPresent(),
                target(request),
                fields,
                form.first(BACK).filter(Conditions::isOwnPath).orElseGet(() -> back(request))));
    }

    private static String target(Request request) {
        String target = request.path() + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery());
        return Conditions.isOwnPath(target) ? target : "/";
    }

    /** The page that sent the form, when the browser says so and it is ours; else the first page. */
    private static String back(Request request) {
        try {
            URI referer = URI.create(request.header("referer").orElse("/"));
            String path = referer.getRawPath() + (referer.getRawQuery() == null ? "" : "?" + referer.getRawQuery());
            boolean ours = request.header("host").orElse("").equalsIgnoreCase(referer.getRawAuthority());
            return ours && Conditions.isOwnPath(path) ? path : "/";
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}
