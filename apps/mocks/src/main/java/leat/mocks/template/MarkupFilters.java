package leat.mocks.template;

import java.util.List;
import java.util.regex.Pattern;

/** Filters that make HTML, escaping the text that they are given, and one that takes HTML away. */
final class MarkupFilters {
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\\.[A-Za-z]{2,63}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()./-]{2,40}");

    static final List<Filter> ALL = List.of(
            Filter.of("email", "text?", a -> {
                boolean check = !a.text(0, "true").equals("false");
                return Filter.text((text, r) -> email(text, check, r));
            }),
            Filter.of("phone", "text? text?", a -> {
                boolean check = a.count() == 0 || !a.text(a.count() - 1).equals("false");
                boolean prefixed = a.count() > 0
                        && !a.text(0).equals("false")
                        && !a.text(0).equals("true");
                String prefix = prefixed ? a.text(0) : "";
                return Filter.text((text, r) -> phone(text, prefix, check, r));
            }),
            Filter.of("linebreaks", "", a -> Filter.text((text, r) -> paragraphs(text))),
            Filter.of("linebreaks-br", "", a -> Filter.text((text, r) -> new Markup(breaks(text)))),
            Filter.of("remove-tags", "text text*", a -> {
                Pattern tags = tags(a);
                return Filter.text((text, r) -> tags.matcher(text).replaceAll(""));
            }));

    private MarkupFilters() {}

    private static Markup email(String text, boolean check, Rendering r) {
        if (check && !EMAIL.matcher(text).matches()) {
            throw r.fail("template.not-an-address", "this value is no e-mail address.");
        }
        String shown = Markup.escaped(text);
        return new Markup("<a href='mailto:" + shown + "'>" + shown + "</a>");
    }

    private static Markup phone(String text, String prefix, boolean check, Rendering r) {
        if (check && !PHONE.matcher(text).matches()) {
            throw r.fail("template.not-a-phone-number", "this value is no phone number.");
        }
        String international = !prefix.isEmpty() && text.startsWith("0")
                ? (prefix.startsWith("+") ? prefix : "+" + prefix) + "-" + text.substring(1)
                : text;
        String link = Markup.escaped(international.replace(' ', '-'));
        return new Markup("<a href='tel:" + link + "'>" + Markup.escaped(text) + "</a>");
    }

    private static String breaks(String text) {
        return Markup.escaped(text).replace("\n", "<br />");
    }

    private static Markup paragraphs(String text) {
        return new Markup("<p>" + breaks(text).replace("<br /><br />", "</p><p>") + "</p>");
    }

    /** Opening and closing tags of the named elements; no attribute may be longer than the pattern's bound. */
    private static Pattern tags(Arguments a) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < a.count(); i++) {
            String name = a.text(i);
            if (name.isEmpty() || name.length() > 50 || !name.chars().allMatch(Character::isLetterOrDigit)) {
                throw new IllegalArgumentException("An element's name has 1 to 50 letters and digits.");
            }
            names.append(i == 0 ? "" : "|").append(name);
        }
        return Pattern.compile("</?(?:" + names + ")(?:\\s[^<>]{0,1000})?/?>", Pattern.CASE_INSENSITIVE);
    }
}
