package leat.web;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.StringJoiner;
import leat.kernel.Refusal;

/**
 * Which part of a list is asked for, by {@code ?after=…&limit=…}.
 *
 * @param after what the page continues behind, as the key that {@link Page#of} was given; empty for the first page. It
 *     came through the client, so treat it as input
 * @param limit how many items at most, 1 to {@value #MAX_LIMIT}
 */
public record Paging(Optional<String> after, int limit) {
    /** The limit when none is asked for. */
    public static final int USUAL_LIMIT = 50;

    /** The largest limit. */
    public static final int MAX_LIMIT = 200;

    /** Longest cursor in characters. */
    public static final int MAX_CURSOR_LENGTH = 512;

    /** @throws leat.kernel.RefusedException with {@code paging.limit} or {@code paging.cursor} when either makes no sense */
    public static Paging of(Request request) {
        int limit = request.query("limit").map(Paging::limit).orElse(USUAL_LIMIT);
        return new Paging(request.query("after").map(Paging::key), limit);
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw refused("paging.limit", "limit must be a whole number from 1 to " + MAX_LIMIT + ".");
    }

    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String cursor) {
        if (!cursor.isEmpty() && cursor.length() <= MAX_CURSOR_LENGTH) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(cursor);
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (IllegalArgumentException | CharacterCodingException e) {
                throw refused("paging.cursor", "after must be a cursor that an earlier page gave as next.");
            }
        }
        throw refused("paging.cursor", "after must be a cursor that an earlier page gave as next.");
    }

    static String nextUrl(Request request, String cursor) {
        var query = new StringJoiner("&");
        request.queryFields().forEach((name, values) -> {
            if (!name.equals("after")) {
                values.forEach(value -> query.add(encoded(name) + "=" + encoded(value)));
            }
        });
        query.add("after=" + cursor);
        return request.path() + "?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static RuntimeException refused(String code, String message) {
        return Refusal.of(Refusal.Kind.INVALID, code, message).asException();
    }
}
