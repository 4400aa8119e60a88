package leat.notes;

import java.util.List;
import leat.kernel.Entities;
import leat.kernel.Reader;

/** What the edges of this module work with. */
record Notes(Entities<Note.Command, Note.Event, Note> entities, Reader list, Reader versions) {

    /** All that is read; each shows a command a moment after it was decided. */
    List<Reader> views() {
        return List.of(list, versions);
    }
}
