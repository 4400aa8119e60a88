package leat.mocks.definition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding of URLs (RFC 3986, section 2.1), decoding to UTF-8 and refusing what is not. */
public final class PercentCode {
    private PercentCode() {}

    /** Whether every {@code %} in the range is followed by two hexadecimal digits. */
    public static boolean isWellFormed(String text, int start, int end) {
        for (int i = text.indexOf('%', start, end); i >= 0; i = text.indexOf('%', i + 1, end)) {
            if (i + 2 >= end || Ascii.hex(text.charAt(i + 1)) < 0 || Ascii.hex(text.charAt(i + 2)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The decoded range, or nothing when an escape is broken or the bytes are not UTF-8.
     *
     * @param plusIsSpace as in a query, where a form's spaces are written as plus signs
     */
    public static Optional<String> decode(String text, int start, int end, boolean plusIsSpace) {
        boolean escaped = text.indexOf('%', start, end) >= 0;
        boolean spaced = plusIsSpace && text.indexOf('+', start, end) >= 0;
        if (!escaped) {
            String same = text.substring(start, end);
            return Optional.of(spaced ? same.replace('+', ' ') : same);
        }
        if (!isWellFormed(text, start, end)) {
            return Optional.empty();
        }
        byte[] raw = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            byte b = raw[i];
            if (b == '%') {
                b = (byte) (Ascii.hex((char) raw[i + 1]) << 4 | Ascii.hex((char) raw[i + 2]));
                i += 2;
            } else if (spaced && b == '+') {
                b = ' ';
            }
            raw[length++] = b;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw, 0, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
