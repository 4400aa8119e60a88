package leat.mocks.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text with the wish how {@code abbreviate} shall shorten it, as {@code abbr-left} and its kin leave it. */
record Abbreviation(String text, String ellipsis, Side side) {
    /** Where the text is cut. */
    enum Side {
        LEFT,
        MIDDLE,
        RIGHT
    }

    private static final int MAX_WIDTH = 1_000_000;

    static final List<Filter> FILTERS = List.of(
            Filter.of("abbr-left", "", a -> (value, r) -> of(value, r).cutting(Side.LEFT)),
            Filter.of("abbr-middle", "", a -> (value, r) -> of(value, r).cutting(Side.MIDDLE)),
            Filter.of("abbr-right", "", a -> (value, r) -> of(value, r).cutting(Side.RIGHT)),
            Filter.of("abbr-ellipsis", "text", a -> {
                String ellipsis = a.text(0);
                return (value, r) -> of(value, r).ending(ellipsis);
            }),
            Filter.of("abbreviate", "integer integer?", a -> {
                int most = a.integer(0, 0, MAX_WIDTH);
                int width = a.has(1) ? a.integer(1, 0, MAX_WIDTH) : most;
                if (width > most) {
                    throw new IllegalArgumentException("The second width must not be larger than the first.");
                }
                return (value, r) -> of(value, r).shortened(most, width, r);
            }));

    private static Abbreviation of(@Nullable Object value, Rendering r) {
        return value instanceof Abbreviation known ? known : new Abbreviation(Values.text(value, r), "...", Side.RIGHT);
    }

    private Abbreviation cutting(Side other) {
        return new Abbreviation(text, ellipsis, other);
    }

    private Abbreviation ending(String other) {
        return new Abbreviation(text, other, side);
    }

    private String shortened(int most, int width, Rendering r) {
        r.chargeChars(text.length());
        int length = text.codePointCount(0, text.length());
        if (length <= most) {
            return text;
        }
        int kept = width - ellipsis.codePointCount(0, ellipsis.length());
        if (kept < 0) {
            throw r.fail("template.wrong-arguments", "the ellipsis is longer than the width of " + width + ".");
        }
        return switch (side) {
            case RIGHT -> TextFilters.first(text, kept) + ellipsis;
            case LEFT -> ellipsis + last(length, kept);
            case MIDDLE -> TextFilters.first(text, kept / 2) + ellipsis + last(length, kept - kept / 2);
        };
    }

    private String last(int length, int count) {
        return text.substring(TextFilters.index(text, length - count));
    }
}
