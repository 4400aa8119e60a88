package leat.notes;

import java.util.List;
import leat.web.ui.FormState;

/**
 * What the page of imports and export shows.
 *
 * @param limit how large a file may be that a form sends, in words
 * @param limitInParts the same for one that the command line sends
 */
record ImportsPage(
        Scope scope,
        List<Imports.Listed> imports,
        String limit,
        String limitInParts,
        NotebookTree notebooks,
        FormState state) {}
