package leat.web.ui;

/**
 * The state of a thing as a pill shows it: a word, a tone, and whether it is changing right now.
 *
 * @param working pulses (unless the reader asked for less motion)
 */
public record Status(String label, Tone tone, boolean working) {
    public static final Status DRAFT = of("Draft", Tone.GREY);
    public static final Status INVALID = of("Invalid", Tone.RED);
    public static final Status PUBLISHING = new Status("Publishing", Tone.AMBER, true);
    public static final Status PUBLISHED = of("Published", Tone.GREEN);
    public static final Status UNPUBLISHED = of("Unpublished", Tone.SLATE);

    public static Status of(String label, Tone tone) {
        return new Status(label, tone, false);
    }

    /** The classes of the pill. */
    public String css() {
        return "pill " + tone.css() + (working ? " pill-working" : "");
    }
}
