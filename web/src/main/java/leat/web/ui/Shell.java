package leat.web.ui;

import gg.jte.Content;
import java.util.List;
import leat.web.ui.generated.JtebareGenerated;
import leat.web.ui.generated.JteshellGenerated;

/** The frames around a page's content: the full shell with navigation, and a bare one for sign-in and problems. */
public final class Shell {
    private Shell() {}

    /**
     * A page inside the product.
     *
     * @param title what the browser's tab says, before the product's name; plain text
     * @param body what stands in {@code <main>}; begins with an {@code <h1>}
     */
    public static Document page(Ui ui, String title, Nav nav, Content body) {
        return page(ui, title, nav, List.of(), body);
    }

    /** The same with further bundles: {@code editor.js} or {@code plot.js}, or a module's own, by asset name. */
    public static Document page(Ui ui, String title, Nav nav, List<String> scripts, Content body) {
        return new Document(
                inside -> Ui.template(out -> JteshellGenerated.render(out, null, ui, title, nav, scripts, inside)),
                body);
    }

    /** A centred column under the mark: sign-in, invitations, problems met before anybody is known. */
    public static Document bare(Ui ui, String title, Content body) {
        return new Document(inside -> Ui.template(out -> JtebareGenerated.render(out, null, ui, title, inside)), body);
    }
}
