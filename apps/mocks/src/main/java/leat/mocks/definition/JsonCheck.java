package leat.mocks.definition;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Tells where a text stops being JSON, reading it without building anything. */
final class JsonCheck {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(Limits.BODY_BYTES)
                    .build())
            .build();
    /** Digits that stand in for a tag; the rest of it becomes spaces, so that no number gets too long. */
    private static final int STAND_IN_DIGITS = 8;

    /** @param offset of the text, in UTF-16 units from 0 */
    record Problem(String message, int offset) {}

    private JsonCheck() {}

    /** Nothing when the text is one JSON value. */
    static Optional<Problem> problem(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return Optional.of(new Problem("it is empty.", 0));
            }
            parser.skipChildren();
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                parser.getString();
            }
            JsonToken further = parser.nextToken();
            return further == null
                    ? Optional.empty()
                    : Optional.of(new Problem("something follows its end.", (int)
                            parser.currentTokenLocation().getCharOffset()));
        } catch (JacksonException e) {
            int offset = e.getLocation() == null ? 0 : (int) e.getLocation().getCharOffset();
            return Optional.of(new Problem(sentence(e), startOfWord(text, Math.clamp(offset, 0, text.length()))));
        }
    }

    /**
     * The same for a template, each tag taken as if it gave a value that fits; a template that decides what is shown
     * is judged by its first character only.
     */
    static Optional<Problem> problemOfTemplate(String text) {
        if (TemplateTags.holdBlocks(text)) {
            String start = text.stripLeading();
            return start.isEmpty() || "{[\"-0123456789tfn".indexOf(start.charAt(0)) >= 0
                    ? Optional.empty()
                    : Optional.of(
                            new Problem("it begins with “" + start.charAt(0) + "”.", text.length() - start.length()));
        }
        return problem(text.contains("{{") ? withoutTags(text) : text);
    }

    /** The parser notices an unknown word at its end. */
    private static int startOfWord(String text, int offset) {
        int start = offset;
        while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static String withoutTags(String text) {
        var tags = new TemplateTags(text);
        var out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = tags.endOfTag(at);
            if (end == at) {
                out.append(text.charAt(at++));
                continue;
            }
            for (int i = at; i < end; i++) {
                out.append(i - at < STAND_IN_DIGITS ? '1' : ' ');
            }
            at = end;
        }
        return out.toString();
    }

    private static String sentence(JacksonException e) {
        String message = e.getOriginalMessage();
        int line = message.indexOf('\n');
        String first = line < 0 ? message : message.substring(0, line);
        return first.endsWith(".") ? first : first + ".";
    }
}
