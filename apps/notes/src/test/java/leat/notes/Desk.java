package leat.notes;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import leat.kernel.Answer;
import leat.kernel.Definition;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.Position;
import leat.kernel.Reader;
import leat.kernel.port.Engine;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.sql.Sql;
import leat.kernel.test.MemoryEngine;
import leat.notes.Note.Command;

/** Notes mounted on an engine without their edges, for one test: tell notes commands, read their views. */
final class Desk implements AutoCloseable {
    static final String ADA = "user:ada";
    static final String BOB = "user:bob";
    static final String ORGANIZATION = "00000000ACME0";

    final Ids ids = new Ids(Clock.systemUTC(), 7);
    final Notes notes;
    private final Engine engine;
    private final Node node;

    private Desk(Engine engine) {
        this.engine = engine;
        var mounted = new CompletableFuture<Notes>();
        this.node = Node.start(NodeSettings.defaults(), engine, List.of(new Module() {
            @Override
            public String name() {
                return "notes";
            }

            @Override
            public void define(Definition m) {
                mounted.complete(new NotesModule().mount(m));
            }
        }));
        this.notes = mounted.join();
    }

    static Desk inMemory() {
        return new Desk(new MemoryEngine());
    }

    static Desk on(Engine engine) {
        return new Desk(engine);
    }

    /** Creates a note; gives back its id. */
    String create(String by, Content content) {
        String id = ids.next();
        tell(by, id, new Command.Create(ORGANIZATION, content));
        return id;
    }

    /** Creates notes one after the other, and returns once the views show the last of each partition. */
    void create(String by, List<Content> contents) {
        var last = new HashMap<String, Position>();
        for (Content content : contents) {
            Answer<Note> answer = notes.entities()
                    .tell(
                            ids.next(),
                            new Command.Create(ORGANIZATION, content),
                            new Envelope(ids.nextCommand(), "request-1", by, Instant.now()));
            last.put(answer.position().partition(), answer.position());
        }
        last.values().forEach(this::await);
    }

    private void await(Position position) {
        for (Reader view : notes.views()) {
            if (!view.await(position, Reader.PATIENCE)) {
                throw new AssertionError("the view does not follow");
            }
        }
    }

    Answer<Note> tell(String by, String id, Command command) {
        return tell(by, id, command, Instant.now());
    }

    /** Returns once the views show it. */
    Answer<Note> tell(String by, String id, Command command, Instant at) {
        Answer<Note> answer = notes.entities().tell(id, command, new Envelope(ids.nextCommand(), "request-1", by, at));
        await(answer.position());
        return answer;
    }

    <T> T list(Function<Sql, T> query) {
        return notes.list().read(query);
    }

    List<String> titles(String person, NoteFilter filter) {
        return list(sql ->
                        NoteList.of(sql, ORGANIZATION, person, filter, NoteList.Order.CHANGED, Optional.empty(), 1_000))
                .stream()
                .map(NoteList.Item::title)
                .toList();
    }

    @Override
    public void close() {
        node.close();
        engine.close();
    }
}
