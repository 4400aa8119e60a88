package leat.web.ui;

import java.util.Locale;

/** What a colour says; never the only thing that says it. */
public enum Tone {
    /** Not begun, neutral. */
    GREY,
    /** Wrong, failed, lost. */
    RED,
    /** Under way, or wants attention. */
    AMBER,
    /** Well, done, in service. */
    GREEN,
    /** Out of service on purpose. */
    SLATE,
    /** For your information. */
    BLUE,
    /** Ours: selected, new. */
    ACCENT;

    /** The class that sets the colours of whatever carries it. */
    public String css() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
