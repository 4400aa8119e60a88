package leat.notes;

import gg.jte.Content;
import java.util.Optional;
import java.util.function.Function;
import leat.notes.text.Markdown;
import leat.web.Request;

/**
 * Renders a text for one reader: links lead to the notes that they may see, and to a new one where there is none.
 *
 * @param files where the file of a name is
 */
record NoteLinks(Notes notes, Request request, Scope scope, Function<String, Optional<String>> files) {
    /** For a text that has no files. */
    NoteLinks(Notes notes, Request request, Scope scope) {
        this(notes, request, scope, _ -> Optional.empty());
    }

    /** Safe markup. */
    Content html(String text) {
        String html = Markdown.html(text, this::target, files);
        return out -> out.writeContent(html);
    }

    private Optional<Markdown.Target> target(String title) {
        Optional<String> id = notes.titled(request, scope.id(), title).map(NoteList.Item::id);
        if (id.isEmpty() && !scope.mayWrite()) {
            return Optional.empty();
        }
        return Optional.of(id.map(it -> new Markdown.Target("/notes/" + it, true))
                .orElseGet(
                        () -> new Markdown.Target(scope.link("/notes/new?title=" + NoteQuery.encoded(title)), false)));
    }
}
