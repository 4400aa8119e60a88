package leat.notes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import leat.kernel.Refusal.Violation;
import leat.notes.text.Document;
import leat.notes.text.Tags;

/**
 * A note as it comes out of a file, made to fit: what of it cannot be kept is told, and never dropped without a word.
 *
 * @param lost sentences about what of it is not kept
 * @param mark the same for the same note, however often its file is read
 */
record ImportedNote(Document document, Content content, List<String> lost, String mark) {
    static ImportedNote of(Document it) {
        var lost = new ArrayList<String>();
        var content = new Content(
                title(it, lost),
                body(it, lost),
                it.due(),
                it.start(),
                it.end().filter(_ -> it.start().isPresent()),
                it.url(),
                it.status()
                        .flatMap(word -> Words.read(Content.Status.class, word))
                        .orElse(Content.Status.BLANK),
                it.access()
                        .flatMap(word -> Words.read(Content.Access.class, word))
                        .orElse(Content.Access.PRIVATE),
                it.color(),
                tags(it, lost));
        return new ImportedNote(it, fitting(content, lost), lost, mark(it));
    }

    /** Why it cannot be a note; empty when it can. */
    List<Violation> violations() {
        return content.violations(content.due(), Instant.EPOCH);
    }

    private static String title(Document it, List<String> lost) {
        String title = it.title()
                .codePoints()
                .map(c -> Character.isISOControl(c) || Content.isHalf(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (title.isBlank()) {
            String line = NoteRow.excerpt(it.body());
            return line.isEmpty()
                    ? "Untitled"
                    : line.substring(
                            0, line.offsetByCodePoints(0, Math.min(60, line.codePointCount(0, line.length()))));
        }
        if (title.codePointCount(0, title.length()) > Content.MAX_TITLE) {
            lost.add("Its title is cut after " + Content.MAX_TITLE + " characters.");
            return title.substring(0, title.offsetByCodePoints(0, Content.MAX_TITLE));
        }
        return title;
    }

    private static String body(Document it, List<String> lost) {
        if (it.body().codePoints().noneMatch(c -> c == 0 || Content.isHalf(c))) {
            return it.body();
        }
        lost.add("Characters that no text has are replaced in it.");
        return it.body()
                .codePoints()
                .map(c -> c == 0 || Content.isHalf(c) ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<String> tags(Document it, List<String> lost) {
        var kept = new LinkedHashSet<String>();
        for (String tag : it.tags()) {
            String fit = Tags.fitting(tag);
            if (!Content.isTag(fit)) {
                lost.add("The tag \"" + tag + "\" cannot be one here.");
            } else if (kept.size() == Content.MAX_TAGS && !kept.contains(fit)) {
                lost.add("The tag \"" + tag + "\" is one more than a note can have.");
            } else {
                kept.add(fit);
            }
        }
        return List.copyOf(kept);
    }

    /** Without the fields beside title and text that a note cannot have. */
    private static Content fitting(Content content, List<String> lost) {
        Content fit = content;
        for (Violation wrong : content.violations(content.due(), Instant.EPOCH)) {
            String value;
            switch (wrong.field()) {
                case "due" -> {
                    value = fit.due().toString();
                    fit = with(fit, Optional.empty(), fit.start(), fit.end(), fit.url(), fit.color());
                }
                case "start", "end" -> {
                    value = fit.start() + " to " + fit.end();
                    fit = with(fit, fit.due(), Optional.empty(), Optional.empty(), fit.url(), fit.color());
                }
                case "url" -> {
                    value = fit.url().orElse("");
                    fit = with(fit, fit.due(), fit.start(), fit.end(), Optional.empty(), fit.color());
                }
                case "color" -> {
                    value = fit.color().orElse("");
                    fit = with(fit, fit.due(), fit.start(), fit.end(), fit.url(), Optional.empty());
                }
                default -> {
                    continue;
                }
            }
            lost.add("Its field " + wrong.field() + ", \"" + value + "\", is none here. " + wrong.message());
        }
        return fit;
    }

    private static Content with(
            Content it,
            Optional<Instant> due,
            Optional<Instant> start,
            Optional<Instant> end,
            Optional<String> url,
            Optional<String> color) {
        return new Content(it.title(), it.body(), due, start, end, url, it.status(), it.access(), color, it.tags());
    }

    /** Of all that its file says of it but where it lies, so that a note that was moved there does not come again. */
    private static String mark(Document it) {
        MessageDigest digest = FileStore.sha256();
        for (Object part : List.of(
                it.title(),
                it.body(),
                it.due(),
                it.start(),
                it.end(),
                it.url(),
                it.status(),
                it.color(),
                it.tags(),
                it.created())) {
            digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
