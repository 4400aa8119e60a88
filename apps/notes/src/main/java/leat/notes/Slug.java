package leat.notes;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A note's name in addresses: the day of its creation (UTC) and its title.
 *
 * <p>Titles that differ have slugs that differ: letters and digits of any script, dashes and dots stay as they are, a space
 * becomes {@code _}, and every other character becomes its code point in hexadecimal digits between tildes.
 */
final class Slug {
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
        return slug.toString();
    }
}
