package leat.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Renders page content to UTF-8, whole or in parts; what templates write as user content is escaped. */
public final class Html {
    static final String MEDIA_TYPE = "text/html; charset=utf-8";

    private Html() {}

    /**
     * Content that takes time: when the page is sent in parts, everything before it leaves first and the supplier is asked
     * then, on the request's thread. Sent whole, it is asked in its turn.
     */
    public static Content later(Supplier<Content> content) {
        return output -> {
            if (output instanceof InParts parts) {
                parts.flush();
            }
            content.get().writeTo(output);
        };
    }

    static byte[] whole(Content content) {
        var bytes = new Utf8ByteOutput();
        content.writeTo(new OwaspHtmlTemplateOutput(bytes));
        return bytes.toByteArray();
    }

    static void inParts(Content content, OutputStream out) throws IOException {
        try {
            content.writeTo(new InParts(out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static final class InParts extends OwaspHtmlTemplateOutput {
        private final OutputStream out;

        InParts(OutputStream out) {
            super(new Bytes(out));
            this.out = out;
        }

        void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Bytes(OutputStream out) implements TemplateOutput {
        @Override
        public void writeContent(String text) {
            writeBinaryContent(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void writeContent(String text, int begin, int end) {
            writeContent(text.substring(begin, end));
        }

        @Override
        public void writeBinaryContent(byte[] bytes) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
