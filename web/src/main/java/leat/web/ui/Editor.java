package leat.web.ui;

import java.util.List;
import java.util.Optional;

/**
 * A text with line numbers, colours and findings in place; without scripts a plain text area.
 *
 * @param language {@code yaml}, {@code json} or {@code markdown}; anything else is plain text
 * @param diagnosticsUrl takes the text as POST {@code text/plain} and answers a JSON list of {@link Diagnostic}
 * @param diagnosticsList the id of a {@code <ul class="diagnostics">} that the editor keeps up to date
 */
public record Editor(
        String name,
        String label,
        String language,
        String text,
        Optional<String> diagnosticsUrl,
        Optional<String> diagnosticsList,
        List<Diagnostic> diagnostics,
        boolean readOnly) {
    public static Editor of(String name, String label, String language, String text) {
        return new Editor(name, label, language, text, Optional.empty(), Optional.empty(), List.of(), false);
    }

    public Editor checkedBy(String url, String listId, List<Diagnostic> found) {
        return new Editor(
                name, label, language, text, Optional.of(url), Optional.of(listId), List.copyOf(found), readOnly);
    }

    public Editor locked() {
        return new Editor(name, label, language, text, diagnosticsUrl, diagnosticsList, diagnostics, true);
    }

    public String id() {
        return "editor-" + name;
    }
}
