package leat.notes;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import leat.kernel.Personal;
import leat.kernel.Refusal.Violation;

/**
 * All that a person writes into a note, and all that a version remembers.
 *
 * <p>Characters are counted as Unicode code points, so that an emoji is one.
 *
 * @param body Markdown as it was typed
 * @param end after {@code start}, and only with it
 * @param color six hexadecimal digits, without a sign before them
 * @param tags nested by slashes: {@code house/roof}
 */
record Content(
        @Personal String title,
        @Personal String body,
        Optional<Instant> due,
        Optional<Instant> start,
        Optional<Instant> end,
        @Personal Optional<String> url,
        Status status,
        Access access,
        Optional<String> color,
        @Personal List<String> tags) {
    static final int MAX_TITLE = 255;

    static final int MAX_BODY = 100_000;

    static final int MAX_URL = 2_048;

    static final int MAX_TAGS = 20;

    static final int MAX_TAG = 100;

    /** Times before it or from {@link #END_OF_TIME} on would not fit where views keep them. */
    static final Instant BEGIN_OF_TIME = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

    private static final Pattern COLOR = Pattern.compile("[0-9a-fA-F]{6}");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+(/[\\p{L}\\p{M}\\p{N}_-]+)*");

    /** Where a note stands on the board, in the order of its columns. */
    enum Status {
        BLANK,
        NEW,
        READY,
        TO_DO,
        DOING,
        REVIEW,
        COMPLETED
    }

    /** Whom a note is meant for. */
    enum Access {
        PRIVATE,
        PUBLIC
    }

    Content {
        due = due.map(Content::toTheMillisecond);
        start = start.map(Content::toTheMillisecond);
        end = end.map(Content::toTheMillisecond);
        tags = List.copyOf(tags);
    }

    /** As exact as views are, so that a note says the same wherever it is read. */
    private static Instant toTheMillisecond(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    Content withBody(String other) {
        return new Content(title, other, due, start, end, url, status, access, color, tags);
    }

    Content with(Status other) {
        return new Content(title, body, due, start, end, url, other, access, color, tags);
    }

    Content with(Access other) {
        return new Content(title, body, due, start, end, url, status, other, color, tags);
    }

    /** Whether its writer was forgotten; a title that somebody may know of is never empty. */
    boolean isForgotten() {
        return title.isEmpty();
    }

    Kind kind() {
        if (url.isPresent()) {
            return Kind.BOOKMARK;
        }
        if (due.isPresent()) {
            return Kind.TASK;
        }
        if (start.isPresent()) {
            return end.isPresent() ? Kind.EVENT : Kind.JOURNAL;
        }
        return Kind.NOTE;
    }

    /**
     * Everything that is wrong with it, in the order of the fields.
     *
     * @param before the due date that the note has, which may stay although it has passed
     */
    List<Violation> violations(Optional<Instant> before, Instant now) {
        var wrong = new ArrayList<Violation>();
        checkTitle(wrong);
        checkBody(wrong);
        if (due.filter(Content::isOutOfTime).isPresent()) {
            wrong.add(outOfTime("due"));
        } else if (!due.equals(before) && due.filter(it -> !it.isAfter(now)).isPresent()) {
            wrong.add(new Violation("due", "due.past", "Choose a moment in the future."));
        }
        if (start.filter(Content::isOutOfTime).isPresent()) {
            wrong.add(outOfTime("start"));
        }
        checkEnd(wrong);
        if (url.filter(it -> !leadsSomewhere(it)).isPresent()) {
            wrong.add(new Violation(
                    "url", "url.shape", "Use an http or https address of at most " + MAX_URL + " characters."));
        }
        if (color.filter(it -> !isColor(it)).isPresent()) {
            wrong.add(noColor());
        }
        checkTags(wrong);
        return List.copyOf(wrong);
    }

    private void checkTitle(List<Violation> wrong) {
        if (title.isBlank()) {
            wrong.add(new Violation("title", "title.blank", "Give the note a title."));
        } else if (title.codePointCount(0, title.length()) > MAX_TITLE) {
            wrong.add(new Violation("title", "title.long", "Use at most " + MAX_TITLE + " characters."));
        } else if (title.codePoints().anyMatch(it -> Character.isISOControl(it) || isHalf(it))) {
            wrong.add(new Violation("title", "title.shape", "Use one line without control characters."));
        }
    }

    private void checkBody(List<Violation> wrong) {
        if (body.codePointCount(0, body.length()) > MAX_BODY) {
            wrong.add(new Violation("body", "body.long", "Use at most " + MAX_BODY + " characters."));
        } else if (body.codePoints().anyMatch(it -> it == 0 || isHalf(it))) {
            wrong.add(new Violation("body", "body.shape", "Leave out null characters and halves of surrogate pairs."));
        }
    }

    private void checkEnd(List<Violation> wrong) {
        if (end.filter(Content::isOutOfTime).isPresent()) {
            wrong.add(outOfTime("end"));
        } else if (end.isPresent() && start.isEmpty()) {
            wrong.add(new Violation("end", "end.alone", "Say when it starts as well."));
        } else if (end.isPresent() && !end.get().isAfter(start.get())) {
            wrong.add(new Violation("end", "end.early", "Choose an end after the start."));
        }
    }

    private static boolean isOutOfTime(Instant time) {
        return time.isBefore(BEGIN_OF_TIME) || !time.isBefore(END_OF_TIME);
    }

    private static Violation outOfTime(String field) {
        return new Violation(field, field + ".range", "Choose a moment in the years 1 to 9999.");
    }

    private void checkTags(List<Violation> wrong) {
        if (tags.size() > MAX_TAGS) {
            wrong.add(new Violation("tags", "tags.many", "Use at most " + MAX_TAGS + " tags."));
            return;
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < tags.size(); i++) {
            String tag = tags.get(i);
            if (!isTag(tag)) {
                wrong.add(noTag("tags." + i));
            } else if (!seen.add(tag)) {
                wrong.add(new Violation("tags." + i, "tag.twice", "Name each tag once."));
            }
        }
    }

    /** Half of a surrogate pair has no form in UTF-8, and would come back from the journal as something else. */
    static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    static boolean isTag(String text) {
        return text.codePointCount(0, text.length()) <= MAX_TAG
                && TAG.matcher(text).matches();
    }

    static Violation noTag(String field) {
        return new Violation(
                field,
                "tag.shape",
                "Use letters, digits, dashes and underscores, with a slash between levels, and at most " + MAX_TAG
                        + " characters.");
    }

    static boolean isColor(String text) {
        return COLOR.matcher(text).matches();
    }

    static Violation noColor() {
        return new Violation("color", "color.shape", "Use six hexadecimal digits, such as 3a7f2c.");
    }

    private static boolean leadsSomewhere(String url) {
        if (url.length() > MAX_URL) {
            return false;
        }
        try {
            URI uri = new URI(url).parseServerAuthority();
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
