package leat.notes;

import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import leat.kernel.Answer;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.Reader;
import leat.kernel.TaskPolicy;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.Test;

final class CommentListTest {
    private final Ids ids = new Ids(Clock.systemUTC(), 7);
    private final CompletableFuture<Parts> mounted = new CompletableFuture<>();

    private record Parts(
            Entities<Note.Command, Note.Event, Note> notes,
            Entities<Comment.Command, Comment.Event, Comment> comments,
            Reader list) {}

    private final Module module = new Module() {
        @Override
        public String name() {
            return "notes";
        }

        @Override
        public void define(Definition m) {
            mounted.complete(new Parts(m.entity(Note.TYPE), m.entity(Comment.TYPE), m.view(CommentList.VIEW)));
            m.task(Note.EXPIRE, TaskPolicy.DEFAULT, task -> {});
        }
    };

    private Envelope envelope(Instant at) {
        return new Envelope(ids.nextCommand(), "request-1", "user:ada", at);
    }

    private Answer<Comment> tell(String id, Comment.Command command) {
        Answer<Comment> answer = mounted.join().comments().tell(id, command, envelope(Instant.now()));
        assertThat(mounted.join().list().await(answer.position(), Reader.PATIENCE))
                .isTrue();
        return answer;
    }

    private List<CommentList.Item> comments(String note) {
        return mounted.join().list().read(sql -> CommentList.of(sql, note));
    }

    private static Comment.Command.Say say(String note, String body) {
        return new Comment.Command.Say(note, Optional.empty(), new Comment.Text("", body, Optional.empty(), 0));
    }

    @Test
    void with_a_note_that_is_removed_for_good_its_comments_go_those_too_that_are_heard_of_later() {
        try (var engine = new MemoryEngine();
                var node = Node.start(NodeSettings.defaults(), engine, List.of(module))) {
            assertThat(node).isNotNull();
            Parts parts = mounted.join();
            parts.notes().tell("n1", new Note.Command.Create("org1", titled("Roof")), envelope(Instant.now()));
            tell("c1", say("n1", "First"));
            tell("c1", new Comment.Command.React("x"));
            tell("c2", say("n2", "Elsewhere"));
            assertThat(comments("n1")).hasSize(1);

            parts.notes().tell("n1", new Note.Command.Trash("n1"), envelope(Instant.now()));
            Instant until = Instant.now().plus(Note.RETENTION);
            Answer<Note> gone = parts.notes().tell("n1", new Note.Command.Expire(until), envelope(until));
            assertThat(parts.list().await(gone.position(), Reader.PATIENCE)).isTrue();
            tell("c1", new Comment.Command.React("y"));
            tell("c3", say("n1", "Late"));

            assertThat(comments("n1")).isEmpty();
            assertThat(comments("n2")).hasSize(1);
            List<CommentList.Count> reactions = parts.list().read(sql -> CommentList.reactions(sql, "n1", "user:ada"));
            assertThat(reactions).isEmpty();
        }
    }
}
