package leat.web.ui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One labelled control of a form, with its hint, its value and its error tied together for eyes and for screen readers.
 *
 * @param name the form parameter; also the id of the control
 * @param hint how to fill it in, shown below the label
 * @param attributes further ones of the control, among {@link #ATTRIBUTES}
 */
public record Field(
        Kind kind,
        String name,
        String label,
        String hint,
        boolean required,
        List<Option> options,
        Map<String, String> attributes,
        String value,
        List<String> chosen,
        Optional<String> error) {
    /** What {@link #with} accepts. */
    public static final List<String> ATTRIBUTES = List.of(
            "placeholder", "autocomplete", "minlength", "maxlength", "min", "max", "step", "pattern", "inputmode");

    /** What the control is. */
    public enum Kind {
        TEXT,
        EMAIL,
        PASSWORD,
        URL,
        NUMBER,
        DATE,
        /** A day and a time without a zone. */
        DATETIME,
        CODE,
        TEXTAREA,
        SELECT,
        CHECKBOX,
        SWITCH
    }

    /** One choice of a select. */
    public record Option(String value, String label) {}

    /** A control of a form that shows {@code state}; a checkbox is ticked when its value there is {@code on}. */
    public static Field of(Kind kind, String name, String label, FormState state) {
        return new Field(
                kind,
                name,
                label,
                "",
                false,
                List.of(),
                Map.of(),
                state.value(name),
                state.values(name),
                state.error(name));
    }

    public static Field text(String name, String label, FormState state) {
        return of(Kind.TEXT, name, label, state);
    }

    public static Field select(String name, String label, FormState state, List<Option> options) {
        var field = of(Kind.SELECT, name, label, state);
        return new Field(
                field.kind,
                name,
                label,
                "",
                false,
                List.copyOf(options),
                Map.of(),
                field.value,
                field.chosen,
                field.error);
    }

    public Field hint(String sentence) {
        return new Field(kind, name, label, sentence, required, options, attributes, value, chosen, error);
    }

    /** Marked as required for the browser too; optional fields say so in their label. */
    public Field mandatory() {
        return new Field(kind, name, label, hint, true, options, attributes, value, chosen, error);
    }

    /**
     * Sets an attribute of the control.
     *
     * @throws IllegalArgumentException for one that is not among {@link #ATTRIBUTES}
     */
    public Field with(String attribute, String text) {
        if (!ATTRIBUTES.contains(attribute)) {
            throw new IllegalArgumentException(
                    "A field carries none of the attribute " + attribute + "; it may carry " + ATTRIBUTES + ".");
        }
        var more = new LinkedHashMap<>(attributes);
        more.put(attribute, text);
        return new Field(kind, name, label, hint, required, options, more, value, chosen, error);
    }

    /** The attribute's text, or null for an absent one. */
    public @Nullable String attribute(String attribute) {
        return attributes.get(attribute);
    }

    public String id() {
        return "field-" + name;
    }

    public String type() {
        return switch (kind) {
            case EMAIL -> "email";
            case PASSWORD -> "password";
            case URL -> "url";
            case NUMBER -> "number";
            case DATE -> "date";
            case DATETIME -> "datetime-local";
            case TEXT, CODE, TEXTAREA, SELECT, CHECKBOX, SWITCH -> "text";
        };
    }

    /** The value to show again; a password never is. */
    public String shownValue() {
        return kind == Kind.PASSWORD ? "" : value;
    }

    public boolean ticked() {
        return chosen.contains("on");
    }

    /** The ids of the hint and the error, those that there are; null for none, since then the attribute must be absent. */
    public @Nullable String describedBy() {
        var ids = String.join(" ", hint.isEmpty() ? "" : id() + "-hint", error.isPresent() ? id() + "-error" : "");
        return ids.isBlank() ? null : ids.strip();
    }
}
