package leat.notes;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A note's name in addresses: the day of its creation (UTC) and its title.
 *
 * <p>Titles that differ have slugs that differ: letters and digits of any script, dashes and dots stay as they are, a space
 * becomes {@code _}, and every other character becomes its code point in hexadecimal digits between tildes. What would be
 * longer than {@link #MAX_WHOLE} is cut and ends in two tildes and a hash of the whole.
 */
final class Slug {
    /** Characters up to which a slug is not cut; a cut one is longer than any that is not. */
    static final int MAX_WHOLE = 300;

    /** Of a hash: 128 bits. */
    private static final int DIGITS = 32;

    /** Characters of a slug that was cut. */
    static final int MAX = MAX_WHOLE + 2 + DIGITS;

    private Slug() {}

    static String of(Instant created, String title) {
        var slug = new StringBuilder();
        slug.append(created.atOffset(ZoneOffset.UTC).toLocalDate()).append('-');
        title.codePoints().forEach(it -> {
            if (Character.isLetterOrDigit(it) || it == '-' || it == '.') {
                slug.appendCodePoint(it);
            } else if (it == ' ') {
                slug.append('_');
            } else {
                slug.append('~').append(Integer.toHexString(it)).append('~');
            }
        });
        return slug.length() <= MAX_WHOLE ? slug.toString() : cut(slug.toString());
    }

    private static String cut(String slug) {
        boolean halves = Character.isHighSurrogate(slug.charAt(MAX_WHOLE - 1));
        return slug.substring(0, halves ? MAX_WHOLE - 1 : MAX_WHOLE)
                + (halves ? "~~~" : "~~")
                + Sha256.hex(slug).substring(0, DIGITS);
    }
}
