package leat.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leat.kernel.Refusal;

/** Percent-decoding that refuses what is malformed instead of guessing. */
final class Percent {
    /** Most fields in one query or form. */
    static final int MAX_FIELDS = 1000;

    private Percent() {}

    static String path(String text) {
        return decode(text, false);
    }

    /** Fields of a query or an urlencoded form, in order of first appearance. */
    static Map<String, List<String>> fields(String text) {
        var fields = new LinkedHashMap<String, List<String>>();
        if (text.isEmpty()) {
            return fields;
        }
        int count = 0;
        for (String pair : text.split("&", MAX_FIELDS + 2)) {
            if (++count > MAX_FIELDS) {
                throw malformed("more than " + MAX_FIELDS + " fields");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            if (!name.isEmpty() || !value.isEmpty()) {
                fields.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
            }
        }
        return fields;
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0) && isAscii(text)) {
            return text;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 < raw.length ? digit(raw[i + 1]) : -1;
                int low = high < 0 ? -1 : digit(raw[i + 2]);
                if (low < 0) {
                    throw malformed("a % is not followed by two hexadecimal digits");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(plusIsSpace && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("it is not UTF-8");
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static int digit(byte b) {
        return Character.digit(b, 16);
    }

    private static RuntimeException malformed(String what) {
        return Refusal.of(
                        Refusal.Kind.INVALID, "request.malformed", "The address or form cannot be read: " + what + ".")
                .asException();
    }
}
