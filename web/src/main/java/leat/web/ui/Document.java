package leat.web.ui;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/**
 * A whole HTML page, written from its first byte to its last; its body may be computed while it is being written.
 *
 * <p>The frame (head, bar, navigation) needs none of the page's data. A server that flushes when it is told so gets styles
 * and scripts under way while the body still asks the journal.
 */
public final class Document implements Content {
    private final Frame frame;
    private final Content body;

    Document(Frame frame, Content body) {
        this.frame = frame;
        this.body = body;
    }

    @Override
    public void writeTo(TemplateOutput output) {
        writeTo(output, () -> {});
    }

    /** Writes the page and runs {@code framed} once, after the frame and before the first byte of the body. */
    public void writeTo(TemplateOutput output, Runnable framed) {
        frame.around(inside -> {
                    framed.run();
                    body.writeTo(inside);
                })
                .writeTo(output);
    }

    @FunctionalInterface
    interface Frame {
        Content around(Content body);
    }
}
