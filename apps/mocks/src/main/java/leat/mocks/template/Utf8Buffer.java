package leat.mocks.template;

import java.util.Arrays;

/**
 * A growing row of UTF-8 bytes with the ways to write text into HTML and JSON. A lone surrogate, which UTF-8 cannot
 * carry, becomes U+FFFD. It refuses to grow past {@link TemplateLimits#MAX_OUTPUT_BYTES} by throwing {@link Full}.
 */
final class Utf8Buffer {
    /** Says that the buffer has reached its limit; the rendering adds the place. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1;

        Full() {
            super(null, null, false, false);
        }
    }

    /** Characters written between two checks of the room left; six bytes each are the most that one can need. */
    private static final int CHUNK = 512;

    private static final byte[] HEX = bytesOf("0123456789abcdef");
    private static final byte[] AMP = bytesOf("&amp;");
    private static final byte[] LT = bytesOf("&lt;");
    private static final byte[] GT = bytesOf("&gt;");
    private static final byte[] QUOT = bytesOf("&quot;");
    private static final byte[] APOS = bytesOf("&#39;");

    /** 0 where a character stands for itself in a JSON string, else its short escape or 'u'. */
    private static final byte[] JSON_ESCAPE = new byte[128];

    static {
        Arrays.fill(JSON_ESCAPE, 0, 0x20, (byte) 'u');
        JSON_ESCAPE['\b'] = 'b';
        JSON_ESCAPE['\t'] = 't';
        JSON_ESCAPE['\n'] = 'n';
        JSON_ESCAPE['\f'] = 'f';
        JSON_ESCAPE['\r'] = 'r';
        JSON_ESCAPE['"'] = '"';
        JSON_ESCAPE['\\'] = '\\';
    }

    private byte[] bytes;
    private int size;

    Utf8Buffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** ASCII text as bytes. */
    static byte[] bytesOf(String ascii) {
        return ascii.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, java.nio.charset.StandardCharsets.UTF_8);
    }

    void write(byte[] more) {
        int length = more.length;
        room(length);
        System.arraycopy(more, 0, bytes, size, length);
        size += length;
        check();
    }

    void write(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        check();
    }

    /** Text as it is. */
    void text(String text) {
        int length = text.length();
        for (int start = 0; start < length; ) {
            int end = Math.min(length, start + CHUNK);
            room((end - start + 1) * 3);
            while (start < end) {
                char c = text.charAt(start);
                if (c < 0x80) {
                    bytes[size++] = (byte) c;
                    start++;
                } else {
                    start = wide(text, start, c);
                }
            }
            check();
        }
    }

    /** Text as the content of a JSON string, without the quotes. */
    void jsonContent(String text) {
        int length = text.length();
        for (int start = 0; start < length; ) {
            int end = Math.min(length, start + CHUNK);
            room((end - start + 1) * 6);
            while (start < end) {
                char c = text.charAt(start);
                if (c >= 0x80) {
                    start = wide(text, start, c);
                    continue;
                }
                byte escape = JSON_ESCAPE[c];
                if (escape == 0) {
                    bytes[size++] = (byte) c;
                } else {
                    bytes[size++] = '\\';
                    bytes[size++] = escape;
                    if (escape == 'u') {
                        bytes[size++] = '0';
                        bytes[size++] = '0';
                        bytes[size++] = HEX[c >> 4];
                        bytes[size++] = HEX[c & 15];
                    }
                }
                start++;
            }
            check();
        }
    }

    /** Text as a JSON string with its quotes. */
    void jsonString(String text) {
        write('"');
        jsonContent(text);
        write('"');
    }

    /** Text as HTML or XML, in an element or a quoted attribute. */
    void html(String text) {
        int length = text.length();
        for (int start = 0; start < length; ) {
            int end = Math.min(length, start + CHUNK);
            room((end - start + 1) * 6);
            while (start < end) {
                char c = text.charAt(start);
                if (c >= 0x80) {
                    start = wide(text, start, c);
                    continue;
                }
                switch (c) {
                    case '&' -> append(AMP);
                    case '<' -> append(LT);
                    case '>' -> append(GT);
                    case '"' -> append(QUOT);
                    case '\'' -> append(APOS);
                    default -> bytes[size++] = (byte) c;
                }
                start++;
            }
            check();
        }
    }

    private void append(byte[] entity) {
        System.arraycopy(entity, 0, bytes, size, entity.length);
        size += entity.length;
    }

    /** Writes the character beyond ASCII at an index, with its other half when it is a pair; answers the next index. */
    private int wide(String text, int at, char c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | (c >> 6));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
            return at + 1;
        }
        int next = at + 1;
        int point = c;
        if (Character.isSurrogate(c)) {
            if (Character.isHighSurrogate(c) && next < text.length() && Character.isLowSurrogate(text.charAt(next))) {
                point = Character.toCodePoint(c, text.charAt(next));
                bytes[size++] = (byte) (0xF0 | (point >> 18));
                bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                bytes[size++] = (byte) (0x80 | (point & 0x3F));
                return next + 1;
            }
            point = 0xFFFD;
        }
        bytes[size++] = (byte) (0xE0 | (point >> 12));
        bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[size++] = (byte) (0x80 | (point & 0x3F));
        return next;
    }

    private void room(int more) {
        int needed = size + more;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }

    private void check() {
        if (size > TemplateLimits.MAX_OUTPUT_BYTES) {
            throw new Full();
        }
    }
}
