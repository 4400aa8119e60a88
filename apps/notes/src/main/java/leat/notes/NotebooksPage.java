package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;
import leat.web.ui.FormState;

/**
 * What the page of notebooks shows.
 *
 * @param state of the form for a new one
 * @param removed those that can be recovered
 * @param undo recovers the one that was just removed
 */
record NotebooksPage(Scope scope, NotebookTree tree, FormState state, List<Removed> removed, Optional<Action> undo) {
    record Removed(NotebookList.Item notebook, Action recover) {}
}
