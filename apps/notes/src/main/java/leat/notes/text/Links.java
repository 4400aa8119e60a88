package leat.notes.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/**
 * Links between notes as they are typed, {@code [[Title]]} or {@code [[Title|shown text]]}: on one line, outside code, HTML
 * and other links, and not after a backslash.
 *
 * <p>A title with a bracket or a bar in it cannot be linked to. Two titles mean the same note when their {@linkplain #key
 * keys} are the same.
 */
public final class Links {
    /** As long as a title may be, in characters of Java; what is longer is no link. */
    private static final String PART = "([^\\[\\]|\\r\\n]{1,510})";

    private static final Pattern LINK = Pattern.compile("\\[\\[" + PART + "(?:\\|" + PART + ")?]]");
    private static final Pattern LINKABLE = Pattern.compile(PART);
    private static final Pattern SPACE = Pattern.compile("[\\s\\h]+");

    private Links() {}

    /**
     * One link.
     *
     * @param title of the note that is meant
     * @param shown what readers see: the title, unless a text was given
     * @param from where in the text it begins, in characters of Java
     * @param to where it has ended
     */
    public record Link(String title, String shown, int from, int to) {}

    /** A link as it is typed; only the shown text where the title cannot be linked to. */
    public static String typed(String title, String shown) {
        if (!LINKABLE.matcher(title).matches() || title.isBlank()) {
            return shown;
        }
        return shown.equals(title) || !LINKABLE.matcher(shown).matches() || shown.contains("\\")
                ? "[[" + title + "]]"
                : "[[" + title + "|" + shown + "]]";
    }

    /** The links in a text, in their order. */
    public static List<Link> in(String text) {
        Matcher typed = LINK.matcher(text);
        if (!typed.find()) {
            return List.of();
        }
        Closed closed = Closed.in(text);
        var links = new ArrayList<Link>();
        for (boolean found = true; found; found = typed.find()) {
            String title = typed.group(1).strip();
            String shown = typed.group(2) == null ? "" : typed.group(2).strip();
            if (!title.isEmpty() && !closed.reaches(typed.start(), typed.end()) && !isEscaped(text, typed.start())) {
                links.add(new Link(title, shown.isEmpty() ? title : shown, typed.start(), typed.end()));
            }
        }
        return List.copyOf(links);
    }

    /** What all titles have in common that mean the same note: composed letters, lower case, single spaces. */
    public static String key(String title) {
        String composed = Normalizer.normalize(title.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        return SPACE.matcher(composed).replaceAll(" ").strip();
    }

    /**
     * The text in which every link to one title leads to another, for a note that was renamed. A shown text stays as it was
     * given. Nothing changes when the new title cannot be linked to.
     */
    public static String renamed(String text, String before, String after) {
        if (!LINKABLE.matcher(after).matches()) {
            return text;
        }
        var renamed = new StringBuilder();
        int done = 0;
        for (Link link : in(text)) {
            if (key(link.title()).equals(key(before))) {
                renamed.append(text, done, link.from()).append("[[").append(after);
                renamed.append(text, barOf(text, link), link.to());
                done = link.to();
            }
        }
        return renamed.append(text, done, text.length()).toString();
    }

    /** Where the title of a link has ended: at its bar, or at the brackets that close it. */
    private static int barOf(String text, Link link) {
        int bar = text.indexOf('|', link.from());
        return bar >= 0 && bar < link.to() ? bar : link.to() - 2;
    }

    /** Whether a title can be linked to at all. */
    public static boolean isLinkable(String title) {
        return LINKABLE.matcher(title.strip()).matches();
    }

    /** Whether the text names a title in whole words without linking to it. */
    public static boolean mentions(String text, String title) {
        return !mentioned(text, title).isEmpty();
    }

    /**
     * The text in which all places that {@linkplain #mentions mention} a title link to it, and still read as they did.
     * Nothing changes when the title cannot be linked to.
     */
    public static String linked(String text, String title) {
        if (!isLinkable(title)) {
            return text;
        }
        var linked = new StringBuilder();
        int done = 0;
        for (MatchResult place : mentioned(text, title)) {
            linked.append(text, done, place.start()).append("[[").append(title.strip());
            if (!place.group().equals(title.strip())) {
                linked.append('|').append(place.group());
            }
            linked.append("]]");
            done = place.end();
        }
        return linked.append(text, done, text.length()).toString();
    }

    private static List<MatchResult> mentioned(String text, String title) {
        Matcher named = Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(title.strip()) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text);
        if (title.isBlank() || !named.find()) {
            return List.of();
        }
        Closed closed = Closed.in(text);
        in(text).forEach(link -> closed.close(link.from(), link.to()));
        return named.reset()
                .results()
                .filter(it -> !closed.reaches(it.start(), it.end()))
                .toList();
    }

    private static boolean isEscaped(String text, int at) {
        int slashes = 0;
        while (slashes < at && text.charAt(at - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** Where in a text no link can be, for each of its characters. */
    private record Closed(boolean[] at) {
        static Closed in(String text) {
            var closed = new Closed(new boolean[text.length()]);
            Markdown.tree(text).accept(new AbstractVisitor() {
                @Override
                public void visit(Code code) {
                    closed.close(code);
                }

                @Override
                public void visit(FencedCodeBlock block) {
                    closed.close(block);
                }

                @Override
                public void visit(IndentedCodeBlock block) {
                    closed.close(block);
                }

                @Override
                public void visit(HtmlBlock block) {
                    closed.close(block);
                }

                @Override
                public void visit(HtmlInline inline) {
                    closed.close(inline);
                }

                @Override
                public void visit(org.commonmark.node.Link link) {
                    closed.close(link);
                }

                @Override
                public void visit(Image image) {
                    closed.close(image);
                }

                @Override
                public void visit(LinkReferenceDefinition definition) {
                    closed.close(definition);
                }
            });
            return closed;
        }

        private void close(Node node) {
            for (SourceSpan span : node.getSourceSpans()) {
                close(span.getInputIndex(), Math.min(at.length, span.getInputIndex() + span.getLength()));
            }
        }

        void close(int from, int to) {
            for (int i = from; i < to; i++) {
                at[i] = true;
            }
        }

        /** What begins and ends outside may well have code or a tag in its middle. */
        boolean reaches(int from, int to) {
            return at[from] || at[to - 1];
        }
    }
}
