package leat.web.ui;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A button that changes something by itself: a small form with one button, which works without scripts. What
 * it asks first is asked by a dialog, or without scripts by a page of its own ({@link leat.web.Confirmation}).
 *
 * @param method {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}; all but POST travel as {@code _method}
 * @param style classes such as {@code button-danger button-small}
 * @param confirm what to ask first
 */
public record Action(
        String label, String url, String method, String style, Optional<Icon> icon, Optional<Confirm> confirm) {
    /**
     * @param question such as "Delete this mock?"
     * @param detail what will be lost, and whether it can be had again
     * @param phrase what must be typed first; empty for nothing
     */
    public record Confirm(String question, String detail, Optional<String> phrase) {}

    public static Action of(String label, String method, String url) {
        return new Action(label, url, method, "", Optional.empty(), Optional.empty());
    }

    public Action styled(String classes) {
        return new Action(label, url, method, classes, icon, confirm);
    }

    public Action icon(Icon picture) {
        return new Action(label, url, method, style, Optional.of(picture), confirm);
    }

    public Action confirm(String question, String detail) {
        return new Action(
                label, url, method, style, icon, Optional.of(new Confirm(question, detail, Optional.empty())));
    }

    public Action confirmTyping(String phrase, String question, String detail) {
        return new Action(
                label, url, method, style, icon, Optional.of(new Confirm(question, detail, Optional.of(phrase))));
    }

    /** The question, or null: an absent attribute. */
    public @Nullable String question() {
        return confirm.map(Confirm::question).orElse(null);
    }

    public @Nullable String detail() {
        return confirm.map(Confirm::detail).orElse(null);
    }

    public @Nullable String phrase() {
        return confirm.flatMap(Confirm::phrase).orElse(null);
    }
}
