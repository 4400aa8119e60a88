package leat.web.ui;

import gg.jte.Content;
import gg.jte.output.StringOutput;

/** Markup of the gallery: each {@code {}} is a part. */
final class Markup {
    private Markup() {}

    static Content html(String markup, Content... parts) {
        var pieces = markup.split("\\{}", -1);
        if (pieces.length != parts.length + 1) {
            throw new IllegalArgumentException(
                    (pieces.length - 1) + " places for " + parts.length + " parts in: " + markup);
        }
        return out -> {
            for (int i = 0; i < pieces.length; i++) {
                out.writeContent(pieces[i]);
                if (i < parts.length) {
                    parts[i].writeTo(out);
                }
            }
        };
    }

    static Content all(Content... parts) {
        return out -> {
            for (var part : parts) {
                part.writeTo(out);
            }
        };
    }

    static String render(Content content) {
        var output = new StringOutput();
        content.writeTo(output);
        return output.toString();
    }
}
