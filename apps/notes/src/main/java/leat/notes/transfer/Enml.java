package leat.notes.transfer;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import leat.notes.text.Links;
import leat.notes.transfer.Markup.Element;
import leat.notes.transfer.Markup.Words;

/**
 * A text of Evernote's, written in ENML, as Markdown: paragraphs and lines, headings, lists, boxes to tick, tables, code,
 * quotations, links, emphasis, and what it shows of its files. Colours, fonts and sizes are lost.
 *
 * @param shown MD5 of the resources that the text shows, in hexadecimal digits
 * @param lost sentences about what could not be brought over
 */
record Enml(String markdown, Set<String> shown, Set<String> lost) {
    /** Addresses of notes, in the program and on the web. */
    private static final Pattern NOTE =
            Pattern.compile("evernote:///view/|https://(www\\.)?evernote\\.com/shard/[^/]+/nl/");

    private static final Set<String> BLOCKS = Set.of(
            "div",
            "p",
            "ul",
            "ol",
            "table",
            "blockquote",
            "pre",
            "hr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "dl",
            "dt",
            "dd",
            "center",
            "li",
            "tr",
            "td",
            "th",
            "tbody",
            "thead",
            "address",
            "section",
            "article");

    /** A file that the text shows. */
    record Media(String name, String mime) {}

    /**
     * @param media finds a resource by its MD5
     * @throws XMLStreamException when it is no XML
     */
    static Enml read(String content, Function<String, Optional<Media>> media) throws XMLStreamException {
        if (content.isBlank()) {
            return new Enml("", Set.of(), Set.of());
        }
        var writing = new Writing(media);
        String markdown = writing.blocks(Markup.read(content).children());
        return new Enml(markdown.isEmpty() ? "" : markdown + "\n", writing.shown, writing.lost);
    }

    /** How a text speaks of an attached file. */
    static String link(String name, String mime) {
        String label = name.replaceAll("([\\\\\\[\\]])", "\\\\$1");
        String address = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return (mime.startsWith("image/") ? "!" : "") + "[" + label + "](attachment:" + address + ")";
    }

    /** Writes one text. */
    private static final class Writing {
        private final Function<String, Optional<Media>> media;
        private final Set<String> shown = new LinkedHashSet<>();
        private final Set<String> lost = new LinkedHashSet<>();

        Writing(Function<String, Optional<Media>> media) {
            this.media = media;
        }

        // --- blocks ----------------------------------------------------------------------------------------------

        /** What comes one below the other: lines of one paragraph are two spaces apart, all else an empty line. */
        String blocks(List<Markup> nodes) {
            var blocks = new ArrayList<String>();
            var inline = new ArrayList<Markup>();
            boolean lineBefore = false;
            for (Markup it : nodes) {
                if (it instanceof Element element && isBlock(element)) {
                    lineBefore = add(blocks, paragraph(inline), lineBefore, false);
                    inline.clear();
                    boolean isLine = isLine(element);
                    String text = isLine ? paragraph(element.children()) : block(element);
                    lineBefore = (!isLine || !text.isEmpty()) && add(blocks, text, lineBefore && isLine, isLine);
                } else {
                    inline.add(it);
                }
            }
            add(blocks, paragraph(inline), lineBefore, false);
            return String.join("\n\n", blocks);
        }

        /** Adds a block, to the paragraph before when both are lines of one; gives back whether it is such a line. */
        private static boolean add(List<String> blocks, String text, boolean toTheLast, boolean isLine) {
            if (text.isEmpty()) {
                return toTheLast;
            }
            if (toTheLast) {
                String join = isTask(blocks.getLast()) && isTask(text) ? "\n" : isTask(text) ? "\n\n" : "  \n";
                blocks.set(blocks.size() - 1, blocks.getLast() + join + text);
            } else {
                blocks.add(text);
            }
            return isLine;
        }

        private static boolean isTask(String text) {
            return text.startsWith("- [", text.lastIndexOf('\n') + 1);
        }

        private static boolean isBlock(Element element) {
            return BLOCKS.contains(element.name()) || hasBlocks(element);
        }

        private static boolean hasBlocks(Element element) {
            return element.children().stream().anyMatch(it -> it instanceof Element inner && isBlock(inner));
        }

        /** Evernote puts each line that is typed into a div of its own. */
        private static boolean isLine(Element element) {
            return element.name().equals("div") && !hasBlocks(element) && !isCode(element);
        }

        private static boolean isCode(Element element) {
            return element.name().equals("pre")
                    || element.isStyled("-en-codeblock", "true")
                    || element.isStyled("--en-codeblock", "true");
        }

        private String block(Element element) {
            if (isCode(element)) {
                return code(element);
            }
            return switch (element.name()) {
                case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                    String text = oneLine(inline(element.children()));
                    yield text.isEmpty() ? "" : "#".repeat(element.name().charAt(1) - '0') + " " + text;
                }
                case "ul", "ol" -> list(element);
                case "li" -> item("- ", element);
                case "table" -> table(element);
                case "blockquote" -> prefixed("> ", "> ", blocks(element.children()));
                case "hr" -> "---";
                case "p" -> hasBlocks(element) ? blocks(element.children()) : paragraph(element.children());
                default -> blocks(element.children());
            };
        }

        private String paragraph(List<Markup> nodes) {
            String text = lines(inline(nodes));
            Optional<Element> box = firstBox(nodes);
            if (box.isEmpty()) {
                return guarded(text);
            }
            return "- [" + (box.get().attribute("checked").equals("true") ? "x" : " ") + "] "
                    + text.replace("\n", "\n  ");
        }

        private static Optional<Element> firstBox(List<Markup> nodes) {
            for (Markup it : nodes) {
                if (it instanceof Element element) {
                    return element.name().equals("en-todo") ? Optional.of(element) : firstBox(element.children());
                }
                if (it instanceof Words words && !words.text().isBlank()) {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }

        private String list(Element list) {
            boolean numbered = list.name().equals("ol");
            var items = new ArrayList<String>();
            int number = 1;
            for (Markup it : list.children()) {
                if (!(it instanceof Element element)) {
                    continue;
                }
                if (element.name().equals("li")) {
                    boolean isBox = list.isStyled("--en-todo", "true") || element.isStyled("--en-checked");
                    String mark = numbered ? number++ + ". " : "- ";
                    if (isBox) {
                        mark = "- [" + (element.isStyled("--en-checked", "true") ? "x" : " ") + "] ";
                    }
                    items.add(item(mark, element));
                } else if (element.name().equals("ul") || element.name().equals("ol")) {
                    // Evernote nests a list in a list, where HTML wants it in the item before.
                    String inner = prefixed("  ", "  ", list(element));
                    items.add(numbered ? inner.replaceAll("(?m)^", " ") : inner);
                } else {
                    items.add(item("- ", element));
                }
            }
            return String.join("\n", items);
        }

        private String item(String mark, Element element) {
            String text = hasBlocks(element) ? tight(blocks(element.children())) : paragraph(element.children());
            if (text.startsWith("- [") && !mark.contains("[")) {
                return prefixed("", "  ", text);
            }
            return prefixed(mark, " ".repeat(mark.indexOf(' ') + 1), text);
        }

        /** Lists stay close together; what is of several paragraphs keeps its empty lines. */
        private static String tight(String text) {
            return text.replaceAll("\\n\\n(?=( *)(?:[-*] |[0-9]+\\. ))", "\n");
        }

        private String table(Element table) {
            var rows = new ArrayList<List<String>>();
            rows(table, rows);
            int columns = rows.stream().mapToInt(List::size).max().orElse(0);
            if (columns == 0) {
                return "";
            }
            var lines = new ArrayList<String>();
            for (List<String> row : rows) {
                while (row.size() < columns) {
                    row.add("");
                }
                lines.add("| " + String.join(" | ", row) + " |");
                if (lines.size() == 1) {
                    lines.add("|" + " --- |".repeat(columns));
                }
            }
            return String.join("\n", lines);
        }

        private void rows(Element element, List<List<String>> rows) {
            for (Markup it : element.children()) {
                if (it instanceof Element inner) {
                    switch (inner.name()) {
                        case "tr" ->
                            rows.add(inner.children().stream()
                                    .filter(Element.class::isInstance)
                                    .map(Element.class::cast)
                                    .map(cell -> blocks(cell.children())
                                            .replace("|", "\\|")
                                            .replaceAll("\\s*\\n\\s*", "<br>"))
                                    .collect(Collectors.toCollection(ArrayList::new)));
                        default -> rows(inner, rows);
                    }
                }
            }
        }

        private static String code(Element element) {
            var text = new StringBuilder();
            plain(element, text);
            String code =
                    text.toString().strip().isEmpty() ? "" : text.toString().replaceAll("\\A\\n+|\\s+\\z", "");
            String fence = "```";
            while (code.contains(fence)) {
                fence += "`";
            }
            return fence + "\n" + code + "\n" + fence;
        }

        private static void plain(Element element, StringBuilder text) {
            for (Markup it : element.children()) {
                switch (it) {
                    case Words words -> text.append(words.text().replace('\u00a0', ' '));
                    case Element inner -> {
                        boolean isLine =
                                inner.name().equals("div") || inner.name().equals("br");
                        plain(inner, text);
                        if (isLine
                                && !(inner.name().equals("div")
                                        && text.toString().endsWith("\n")
                                        && isEmptyLine(inner))) {
                            text.append('\n');
                        }
                    }
                }
            }
        }

        private static boolean isEmptyLine(Element div) {
            return div.children().size() == 1
                    && div.children().getFirst() instanceof Element only
                    && only.name().equals("br");
        }

        // --- within a line ---------------------------------------------------------------------------------------

        private String inline(List<Markup> nodes) {
            var text = new StringBuilder();
            for (Markup it : nodes) {
                switch (it) {
                    case Words words -> text.append(escaped(words.text()));
                    case Element element -> text.append(inline(element));
                }
            }
            return text.toString();
        }

        private String inline(Element element) {
            return switch (element.name()) {
                case "br" -> "\n";
                case "en-todo" -> "";
                case "en-media" -> media(element);
                case "en-crypt" -> {
                    lost.add("A part of its text is encrypted. Decrypt it in Evernote, and export again.");
                    yield "*(encrypted in Evernote)*";
                }
                case "a" -> link(element);
                case "b", "strong" -> around("**", inline(element.children()), "**");
                case "i", "em" -> around("*", inline(element.children()), "*");
                case "s", "strike", "del" -> around("~~", inline(element.children()), "~~");
                case "u", "ins" -> around("<u>", inline(element.children()), "</u>");
                case "sub", "sup", "mark" ->
                    around("<" + element.name() + ">", inline(element.children()), "</" + element.name() + ">");
                case "code", "tt", "kbd", "samp" -> inCode(element);
                case "span", "font" -> styled(element);
                default -> inline(element.children());
            };
        }

        private String styled(Element element) {
            String text = inline(element.children());
            if (element.isStyled("font-weight", "bold", "700", "800", "900")) {
                text = around("**", text, "**");
            }
            if (element.isStyled("font-style", "italic")) {
                text = around("*", text, "*");
            }
            if (element.isStyled("text-decoration", "line-through")) {
                text = around("~~", text, "~~");
            }
            boolean isMarked = element.isStyled("-evernote-highlight", "true") || element.isStyled("--en-highlight");
            return isMarked ? around("<mark>", text, "</mark>") : text;
        }

        /** Signs touch the words that they are about, or they are none. */
        private static String around(String before, String text, String after) {
            String bare = text.strip();
            if (bare.isEmpty() || bare.contains("\n")) {
                return text;
            }
            int from = text.indexOf(bare);
            return text.substring(0, from) + before + bare + after + text.substring(from + bare.length());
        }

        private static String inCode(Element element) {
            var plain = new StringBuilder();
            plain(element, plain);
            String code = plain.toString().replaceAll("\\s+", " ");
            if (code.isBlank()) {
                return code;
            }
            String fence = code.contains("`") ? "``" : "`";
            return fence + (fence.length() > 1 ? " " + code + " " : code) + fence;
        }

        private String link(Element element) {
            String href = element.attribute("href").strip();
            String text = oneLine(inline(element.children()));
            if (NOTE.matcher(href).lookingAt()) {
                // The file does not tell which note has this address; Evernote shows its title.
                var title = new StringBuilder();
                plain(element, title);
                String called = title.toString().replaceAll("\\s+", " ").strip();
                return Links.typed(called, called);
            }
            boolean leads = href.startsWith("http://") || href.startsWith("https://") || href.startsWith("mailto:");
            if (!leads || text.isEmpty()) {
                return text;
            }
            String address = href.replace(" ", "%20")
                    .replace("(", "%28")
                    .replace(")", "%29")
                    .replace("<", "%3C");
            return text.equals(escaped(href)) ? "<" + address + ">" : "[" + text + "](" + address + ")";
        }

        private String media(Element element) {
            String hash = element.attribute("hash");
            Optional<Media> found = media.apply(hash);
            if (found.isEmpty()) {
                lost.add("Its text shows a file that is not in the export (" + hash + ").");
                return "";
            }
            shown.add(hash);
            return Enml.link(found.get().name(), found.get().mime());
        }

        // --- words -----------------------------------------------------------------------------------------------

        /** What Markdown would take for a sign is told to be none. */
        private static String escaped(String words) {
            String text = words.replaceAll("[\\s\\u00a0]+", " ");
            return text.replaceAll("[\\\\`*\\[\\]]", "\\\\$0")
                    .replaceAll("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])", "\\\\_")
                    .replaceAll("<(?=[A-Za-z/!?])", "\\\\<")
                    .replaceAll("&(?=#?[A-Za-z0-9]{1,31};)", "\\\\&")
                    .replace("~~", "\\~\\~");
        }

        /** Lines of one paragraph, without spaces at their ends. */
        private static String lines(String inline) {
            return inline.replaceAll("[ \\n]+\\z|\\A[ \\n]+", "").replaceAll(" *\\n *", "  \n");
        }

        private static String oneLine(String inline) {
            return inline.replaceAll("\\s+", " ").strip();
        }

        /** A line that begins as a heading, list or quotation would, and is none. */
        private static String guarded(String text) {
            return text.replaceAll("(?m)^([#>+-]|[=]+$)(?=\\s|$|>)", "\\\\$1")
                    .replaceAll("(?m)^(-{3,}|={3,}|_{3,})\\s*$", "\\\\$1")
                    .replaceAll("(?m)^([0-9]{1,9})([.)])(?=\\s|$)", "$1\\\\$2")
                    .replaceAll("(?m)^(#{1,6})(?=\\s|$)", "\\\\$1");
        }

        private static String prefixed(String first, String others, String text) {
            return first + text.replace("\n", "\n" + others).replaceAll("(?m)[ ]+$(?<!  )", "");
        }
    }
}
