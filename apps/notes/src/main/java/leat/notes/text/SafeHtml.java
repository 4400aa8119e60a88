package leat.notes.text;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * HTML with nothing left in it that acts: no scripts, styles, frames, forms, event handlers, or addresses other than http,
 * https, mailto and relative ones. What is allowed is listed; everything else goes, and so does what is nested more than 256
 * levels deep.
 */
final class SafeHtml {
    private static final Pattern LANGUAGE = Pattern.compile("language-[\\p{L}\\p{N}+#._-]{1,40}");
    private static final Pattern LINK = Pattern.compile("note-link( note-missing)?");
    private static final Pattern ID = Pattern.compile(HeadingIds.PREFIX + "[\\p{L}\\p{M}\\p{N}_-]{0,100}");
    private static final Pattern ALIGN = Pattern.compile("left|center|right");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li")
            .allowElements(
                    "em", "strong", "del", "ins", "s", "b", "i", "u", "sub", "sup", "kbd", "samp", "var", "mark",
                    "small")
            .allowElements(
                    "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "details", "summary", "a", "img")
            .allowElements(SafeHtml::checkbox, "input")
            .allowUrlProtocols("http", "https", "mailto")
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("class")
            .matching(LINK)
            .onElements("a")
            .allowAttributes("src")
            .matching((element, attribute, value) -> isOwn(value) ? value : null)
            .onElements("img")
            .allowAttributes("alt")
            .onElements("img")
            .allowAttributes("title")
            .onElements("a", "img")
            .allowAttributes("id")
            .matching(ID)
            .onElements("h1", "h2", "h3", "h4", "h5", "h6")
            .allowAttributes("class")
            .matching(LANGUAGE)
            .onElements("code")
            .allowAttributes("align")
            .matching(ALIGN)
            .onElements("th", "td")
            .allowAttributes("start")
            .matching(NUMBER)
            .onElements("ol")
            .allowAttributes("type", "checked")
            .onElements("input")
            .requireRelsOnLinks("nofollow", "noopener", "noreferrer")
            .toFactory();

    private SafeHtml() {}

    static String of(String html) {
        return POLICY.sanitize(html);
    }

    /** Whether an address stays on this origin: pictures from elsewhere would tell their owner who reads. */
    static boolean isOwn(String address) {
        return address.startsWith("/") && !address.startsWith("//") && !address.startsWith("/\\");
    }

    /** The box of a task list, which shows and does not take. */
    private static @Nullable String checkbox(String element, List<String> attributes) {
        int type = attributes.indexOf("type");
        if (type % 2 != 0 || !attributes.get(type + 1).equals("checkbox")) {
            return null;
        }
        attributes.add("disabled");
        attributes.add("disabled");
        return element;
    }
}
