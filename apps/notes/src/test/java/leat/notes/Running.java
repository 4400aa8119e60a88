package leat.notes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import leat.apps.test.RunningApp;
import leat.apps.test.Town;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;

/** Notes for one test, beside a {@link Town} whose tokens are for notes. */
final class Running extends RunningApp {
    static final String NOTES = "/api/notes/notes";

    final Town town;

    private Running(Engine engine, Town town, NotesSettings settings, List<Module> beside) {
        super(
                engine,
                NodeSettings.defaults(),
                town,
                Stream.concat(Stream.of(town, new NotesModule(settings)), beside.stream())
                        .toList());
        this.town = town;
    }

    static Running inMemory() {
        return on(new MemoryEngine());
    }

    static Running on(Engine engine) {
        return on(engine, NotesSettings.USUAL);
    }

    static Running on(Engine engine, NotesSettings settings) {
        return new Running(engine, town(), settings, List.of());
    }

    /** With further modules. */
    static Running beside(Engine engine, List<Module> modules) {
        return new Running(engine, town(), NotesSettings.USUAL, modules);
    }

    private static Town town() {
        return new Town("notes:read", "notes:write");
    }

    /** Creates a note and gives back its id. */
    String create(String user, Map<String, Object> draft) {
        Answer answer = as(user, "POST", NOTES, draft);
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
        return answer.text("id");
    }

    static Map<String, Object> open(String title) {
        return Map.of("title", title, "body", "Some *text*.", "access", "Public");
    }

    static Map<String, Object> closed(String title) {
        return Map.of("title", title, "body", "Some *text*.");
    }
}
