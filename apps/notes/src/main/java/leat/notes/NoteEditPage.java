package leat.notes;

import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import leat.web.ui.Editor;
import leat.web.ui.Field;
import leat.web.ui.FormState;
import leat.web.ui.Tab;

/**
 * What the page shows on which a note is written.
 *
 * @param id empty for one that is not there yet
 * @param version of the note that the form was filled from
 * @param preview the text, rendered
 * @param mayOpen whether its reader decides who sees it
 * @param undecided says what somebody else changed too
 * @param places where a new one may lie
 */
record NoteEditPage(
        Scope scope,
        Optional<String> id,
        long version,
        FormState state,
        Content preview,
        boolean mayOpen,
        Optional<String> undecided,
        List<Field.Option> places) {

    String heading() {
        return id.isPresent() ? state.value("title") : "New note";
    }

    String action() {
        return id.map(it -> "/notes/" + it).orElse("/notes");
    }

    Editor editor() {
        return Editor.of("body", "Text", "markdown", state.value("body"));
    }

    List<Tab> tabs() {
        return id.map(it -> NotePage.tabs(it, "edit", true)).orElse(List.of());
    }
}
