package leat.notes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;

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

    /** Characters of a slug that was cut. */
    static final int MAX = MAX_WHOLE + 2 + 32;

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
        return slug.substring(0, halves ? MAX_WHOLE - 1 : MAX_WHOLE) + (halves ? "~~~" : "~~") + hash(slug);
    }

    /** 128 bits of it. */
    private static String hash(String slug) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(slug.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
