package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;
import leat.web.ui.Field;
import leat.web.ui.FormState;

/**
 * What the page of one notebook shows.
 *
 * @param places where it may lie
 * @param mayWrite whether its reader names and colours it
 * @param mayPlace whether its reader moves it, and opens and closes it
 * @param remove empty when its reader may not
 */
record NotebookPage(
        Scope scope,
        String id,
        String name,
        String author,
        FormState state,
        List<Field.Option> places,
        boolean mayWrite,
        boolean mayPlace,
        Optional<Action> remove) {}
