package leat.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of some bytes that a request wants (RFC 9110, section 14): one range, for nobody who plays a film or goes on with
 * a download asks for more.
 *
 * @param first counted from 0
 * @param last itself included
 * @param all how many bytes there are
 */
public record ByteRange(long first, long last, long all) {
    private static final Pattern ONE = Pattern.compile("bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))");

    /**
     * Empty when the whole is wanted: without the header, for several ranges or what cannot be read, and when the bytes are no
     * longer those of which the client has a part ({@code If-Range}).
     *
     * @param etag of the bytes as they are, in its quotes
     */
    public static Optional<ByteRange> of(Request request, String etag, long all) {
        if (request.header("if-range").filter(tag -> !tag.equals(etag)).isPresent()) {
            return Optional.empty();
        }
        Optional<Matcher> range =
                request.header("range").map(line -> ONE.matcher(line.strip())).filter(Matcher::matches);
        return range.map(it -> {
            if (it.group(3) != null) {
                return new ByteRange(Math.max(0, all - Long.parseLong(it.group(3))), all - 1, all);
            }
            long last = it.group(2) == null ? all - 1 : Long.parseLong(it.group(2));
            return new ByteRange(Long.parseLong(it.group(1)), Math.min(last, all - 1), all);
        });
    }

    /** Whether nothing is there, which is answered with 416. */
    public boolean isOutside() {
        return first > last;
    }

    public long length() {
        return last - first + 1;
    }

    /** What Content-Range says. */
    public String told() {
        return isOutside() ? "bytes */" + all : "bytes " + first + "-" + last + "/" + all;
    }
}
