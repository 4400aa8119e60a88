package leat.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leat.kernel.Refusal;

/** Reads multipart/form-data (RFC 7578) from a body that is in memory already. */
final class Multipart {
    /** Most parts in one form. */
    static final int MAX_PARTS = 200;

    /** Longest head of one part, in bytes. */
    static final int MAX_PART_HEAD_BYTES = 8 * 1024;

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))");
    private static final Pattern NAME = Pattern.compile("(?i);\\s*name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("(?i);\\s*filename=\"([^\"]*)\"");
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Multipart() {}

    static Form read(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw malformed("its content type names no boundary");
        }
        String mark = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        byte[] delimiter = ("\r\n--" + mark).getBytes(StandardCharsets.ISO_8859_1);
        var fields = new LinkedHashMap<String, List<String>>();
        var files = new LinkedHashMap<String, List<Form.Upload>>();
        int at = opening(body, delimiter);
        for (int parts = 0; !isLast(body, at); parts++) {
            if (parts == MAX_PARTS) {
                throw malformed("it has more than " + MAX_PARTS + " parts");
            }
            int headStart = lineEnd(body, at);
            int headEnd = find(body, HEAD_END, headStart - 2, headStart + MAX_PART_HEAD_BYTES);
            int end = headEnd < 0 ? -1 : find(body, delimiter, headEnd + 2, body.length);
            if (end < 0) {
                throw malformed("a part does not end");
            }
            String head = headEnd <= headStart
                    ? ""
                    : new String(body, headStart, headEnd - headStart, StandardCharsets.UTF_8);
            byte[] content = Arrays.copyOfRange(body, Math.min(headEnd + HEAD_END.length, end), end);
            keep(head, content, fields, files);
            at = end + delimiter.length;
        }
        return new Form(fields, files);
    }

    private static void keep(
            String head, byte[] content, Map<String, List<String>> fields, Map<String, List<Form.Upload>> files) {
        String disposition = header(head, "content-disposition");
        Matcher name = NAME.matcher(disposition);
        if (!name.find()) {
            throw malformed("a part has no name");
        }
        Matcher fileName = FILE_NAME.matcher(disposition);
        if (!fileName.find()) {
            fields.computeIfAbsent(unescaped(name.group(1)), absent -> new ArrayList<>(1))
                    .add(new String(content, StandardCharsets.UTF_8));
        } else if (!fileName.group(1).isEmpty()) {
            String type = header(head, "content-type").strip();
            files.computeIfAbsent(unescaped(name.group(1)), absent -> new ArrayList<>(1))
                    .add(new Form.Upload(
                            bare(unescaped(fileName.group(1))),
                            type.isEmpty() ? "application/octet-stream" : type,
                            content));
        }
    }

    private static String header(String head, String name) {
        for (String line : head.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && line.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1);
            }
        }
        return "";
    }

    /** Browsers escape quotes and line ends in names as HTML says. */
    private static String unescaped(String name) {
        return name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }

    private static String bare(String fileName) {
        return fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    }

    /** Where the first delimiter ends; it needs no line end before it when nothing stands before it. */
    private static int opening(byte[] body, byte[] delimiter) {
        if (body.length >= delimiter.length - 2
                && Arrays.equals(body, 0, delimiter.length - 2, delimiter, 2, delimiter.length)) {
            return delimiter.length - 2;
        }
        int found = find(body, delimiter, 0, body.length);
        if (found < 0) {
            throw malformed("its boundary does not occur");
        }
        return found + delimiter.length;
    }

    private static boolean isLast(byte[] body, int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    private static int lineEnd(byte[] body, int at) {
        int end = at;
        while (end < body.length && (body[end] == ' ' || body[end] == '\t')) {
            end++;
        }
        if (end + 1 < body.length && body[end] == '\r' && body[end + 1] == '\n') {
            return end + 2;
        }
        throw malformed("a boundary is not followed by a line end");
    }

    private static int find(byte[] body, byte[] wanted, int from, int to) {
        int last = Math.min(to, body.length) - wanted.length;
        for (int i = from; i <= last; i++) {
            if (body[i] == wanted[0] && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static RuntimeException malformed(String what) {
        return Refusal.of(Refusal.Kind.INVALID, "request.malformed", "The form cannot be read: " + what + ".")
                .asException();
    }
}
