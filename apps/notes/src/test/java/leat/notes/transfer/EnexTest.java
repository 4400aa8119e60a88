package leat.notes.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import leat.notes.text.Document;
import leat.notes.text.ImportException;
import org.junit.jupiter.api.Test;

final class EnexTest {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
            <en-export export-date="20260601T120000Z" application="Evernote" version="10.90.5">
            """;

    private static String note(String body, String more) {
        return "<note><title>Mend the roof</title><created>20190708T190415Z</created><updated>20190714T232942Z</updated>"
                + more + "<content><![CDATA[<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
                + "<!DOCTYPE en-note SYSTEM \"http://xml.evernote.com/pub/enml2.dtd\"><en-note>" + body
                + "</en-note>]]></content>";
    }

    private static Gathered read(String notes) throws IOException {
        return Gathered.of((HEAD + notes + "</en-export>").getBytes(UTF_8), "House.enex");
    }

    private static String markdown(String body) throws IOException {
        return read(note(body, "") + "</note>").notes.getFirst().body();
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    }

    private static String resource(String text, String mime, String name) {
        String base64 = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(text.getBytes(UTF_8));
        return "<resource><data encoding=\"base64\">\n" + base64 + "\n</data><mime>" + mime + "</mime><width>0</width>"
                + "<resource-attributes><file-name>" + name + "</file-name></resource-attributes></resource>";
    }

    @Test
    void a_note_comes_with_its_fields() throws Exception {
        Gathered read = read(note(
                        "<div>Before <b>winter</b>.</div>",
                        "<tag>house</tag><tag>to do</tag><note-attributes><author>Ada</author>"
                                + "<source-url>https://example.org/roofs</source-url><reminder-order>20190708190415</reminder-order>"
                                + "<reminder-time>20191001T080000Z</reminder-time></note-attributes>")
                + "</note>");
        var it = read.notes.getFirst();
        assertThat(it.title()).isEqualTo("Mend the roof");
        assertThat(it.folder()).isEqualTo("House");
        assertThat(it.body()).isEqualTo("Before **winter**.\n");
        assertThat(it.tags()).containsExactly("house", "to do");
        assertThat(it.url()).contains("https://example.org/roofs");
        assertThat(it.status()).contains("ToDo");
        assertThat(it.due()).contains(Instant.parse("2019-10-01T08:00:00Z"));
        assertThat(it.created()).contains(Instant.parse("2019-07-08T19:04:15Z"));
        assertThat(it.changed()).contains(Instant.parse("2019-07-14T23:29:42Z"));
        assertThat(read.left).isEmpty();
    }

    @Test
    void files_are_shown_where_they_stood_and_those_that_were_not_follow() throws Exception {
        Gathered read = read(note("<div>Look: <en-media type=\"image/png\" hash=\"" + md5("tiles") + "\"/></div>", "")
                + resource("tiles", "image/png", "my roof.png")
                + resource("x".repeat(10_000), "application/pdf", "my roof.png")
                + "</note>");
        assertThat(read.notes.getFirst().body())
                .isEqualTo(String.join(
                        "\n\n",
                        "Look: ![my roof.png](attachment:my%20roof.png)",
                        "[my roof (2).png](attachment:my%20roof%20%282%29.png)\n"));
        assertThat(read.files.getFirst())
                .isEqualTo(Map.of("my roof.png", "tiles", "my roof (2).png", "x".repeat(10_000)));
    }

    @Test
    void lines_lists_boxes_tables_and_code_become_markdown() throws Exception {
        assertThat(markdown("<div>one</div><div>two</div><div><br/></div><div>three</div>"))
                .isEqualTo("one  \ntwo\n\nthree\n");
        assertThat(markdown("<div><en-todo checked=\"true\"/>Foo</div><div><en-todo/>Bar</div>"))
                .isEqualTo("- [x] Foo\n- [ ] Bar\n");
        assertThat(markdown("<ul style=\"--en-todo:true;\"><li style=\"--en-checked:true;\"><div>Foo</div></li></ul>"))
                .isEqualTo("- [x] Foo\n");
        assertThat(markdown("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>")).isEqualTo("- a\n  - b\n- c\n");
        assertThat(markdown("<ol><li><div>a</div></li><li><div>b</div></li></ol>"))
                .isEqualTo("1. a\n2. b\n");
        assertThat(markdown("<h2>Big</h2><p>text</p><hr/><blockquote>said</blockquote>"))
                .isEqualTo("## Big\n\ntext\n\n---\n\n> said\n");
        assertThat(markdown("<table><tbody><tr><td>a|b</td><td>c</td></tr><tr><td>d</td></tr></tbody></table>"))
                .isEqualTo("| a\\|b | c |\n| --- | --- |\n| d |  |\n");
        assertThat(markdown("<div style=\"-en-codeblock:true;\"><div>if (a &lt; b) {</div><div>  *x*;</div></div>"))
                .isEqualTo("```\nif (a < b) {\n  *x*;\n```\n");
        assertThat(markdown("<div><a href=\"https://example.org/a\">here</a>, <i>so </i>it <s>was</s></div>"))
                .isEqualTo("[here](https://example.org/a), *so* it ~~was~~\n");
    }

    @Test
    void signs_of_markdown_that_were_words_stay_words() throws Exception {
        assertThat(markdown("<div># 1 * 2 [x] `y` &lt;b&gt; a_b _c_ &amp;amp;</div>"))
                .isEqualTo("\\# 1 \\* 2 \\[x\\] \\`y\\` \\<b> a_b \\_c\\_ \\&amp;\n");
        assertThat(markdown("<div>1. one</div>")).isEqualTo("1\\. one\n");
        assertThat(markdown("<div>a&nbsp;b &eacute; &copy;</div>")).isEqualTo("a b é ©\n");
    }

    @Test
    void what_cannot_come_is_told() throws Exception {
        Gathered read =
                read(note("<div><en-crypt hint=\"x\">abc</en-crypt><en-media hash=\"00\"/></div>", "") + "</note>"
                        + note("<div>", "") + "</note>"
                        + note("fine", "") + "</note>");
        assertThat(read.notes).hasSize(2);
        assertThat(read.left).hasSize(3);
        assertThat(read.left.get(0)).contains("encrypted");
        assertThat(read.left.get(1)).contains("not in the export");
        assertThat(read.left.get(2)).startsWith("Mend the roof: Its text is damaged");
    }

    @Test
    void nothing_that_the_xml_names_elsewhere_is_read() throws Exception {
        String entity = "<?xml version=\"1.0\"?><!DOCTYPE en-export [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                + "<en-export><note><title>&x;</title><content><![CDATA[<!DOCTYPE en-note [<!ENTITY y SYSTEM"
                + " \"file:///etc/passwd\">]><en-note>a&y;b</en-note>]]></content></note></en-export>";
        Gathered read = Gathered.of(entity.getBytes(UTF_8), "x.enex");
        assertThat(read.notes)
                .allSatisfy(it -> assertThat(it.title() + it.body()).doesNotContain("root"));
        String bomb =
                "<?xml version=\"1.0\"?><!DOCTYPE en-export [<!ENTITY a \"" + "x".repeat(1_000) + "\"><!ENTITY b \""
                        + "&a;".repeat(1_000) + "\">]><en-export><note><title>&b;</title></note></en-export>";
        assertThat(Gathered.of(bomb.getBytes(UTF_8), "x.enex").notes.getFirst().title())
                .hasSizeLessThan(100);
    }

    @Test
    void a_damaged_file_is_refused_and_says_where() {
        assertThatThrownBy(() -> Gathered.of((HEAD + note("x", "")).getBytes(UTF_8), "x.enex"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("damaged in line");
        assertThatThrownBy(() -> read(note("x", "") + "<resource><data>%%%%</data></resource></note>"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("base 64");
        assertThatThrownBy(() -> Gathered.of("plain".getBytes(UTF_8), "x.enex"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("none of the files");
    }

    @Test
    void links_between_notes_lead_to_the_titles_that_they_show() throws Exception {
        assertThat(markdown("<div>See <a href=\"evernote:///view/1/s1/a/a/\">The  <b>roof</b></a> and "
                        + "<a href=\"https://www.evernote.com/shard/s1/nl/1/a/\">Wall</a>.</div>"))
                .isEqualTo("See [[The roof]] and [[Wall]].\n");
    }

    @Test
    void what_lies_in_each_other_a_hundred_thousand_deep_does_not_hold_it_up() throws Exception {
        int deep = 100_000;
        Gathered read =
                read(note("<div>".repeat(deep) + "</div>".repeat(deep), "") + "</note>" + note("roof", "") + "</note>");
        assertThat(read.notes).extracting(Document::body).containsExactly("roof\n");
        assertThat(read.left).hasSize(1);
        assertThatThrownBy(() -> read("<x>".repeat(deep) + "</x>".repeat(deep))).isInstanceOf(ImportException.class);
    }
}
