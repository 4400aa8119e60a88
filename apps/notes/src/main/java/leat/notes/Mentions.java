package leat.notes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import leat.kernel.Ids;
import leat.notes.text.Links;
import leat.web.Request;
import leat.web.Sender;

/** The notes that name another's title without linking to it, and how they come to link to it. */
record Mentions(Notes notes) {
    /** Notes that are named; among so many of the best that search finds they are looked for. */
    static final int MAX = 20;

    private static final int CANDIDATES = 60;

    /**
     * One note.
     *
     * @param around the place where it names the title
     * @param mayLink whether the caller may make it a link
     */
    record Mention(NoteList.Item item, List<Snippet.Piece> around, boolean mayLink) {}

    /** As far as the caller sees them; none when a link of this title would not lead here. */
    List<Mention> of(Request request, Notes.Found note) {
        String title = note.note().content().title();
        List<String> words = SearchText.words(title);
        if (words.isEmpty() || !leadsHere(request, note)) {
            return List.of();
        }
        var query = new SearchQuery(List.of(words), List.of(), false);
        String organization = note.note().identity().organization();
        Set<String> linking = notes.linkingTo(request, note, CANDIDATES).stream()
                .map(NoteList.Item::id)
                .collect(Collectors.toSet());
        return notes
                .list()
                .read(sql -> NoteSearch.in(sql.dialect())
                        .find(sql, organization, Sender.person(request), NoteFilter.ALL, query, 0, CANDIDATES))
                .stream()
                .filter(it -> !it.item().id().equals(note.id())
                        && !linking.contains(it.item().id()))
                .flatMap(it -> mention(request, it, title, query).stream())
                .limit(MAX)
                .toList();
    }

    private Optional<Mention> mention(Request request, NoteSearch.Match match, String title, SearchQuery query) {
        return notes.seen(request, match.item().id())
                .filter(it -> Links.mentions(it.note().content().body(), title))
                .map(it -> new Mention(
                        match.item(),
                        Snippet.around(match.plain(), query),
                        notes.right(request, it)
                                .filter(has -> has.includes(Right.WRITE))
                                .isPresent()));
    }

    /**
     * Makes links of what another note says of this one; nothing happens when it says nothing.
     *
     * @param from the id of the other
     * @throws leat.kernel.RefusedException with {@code note.absent}, {@code forbidden}, or {@code version.stale} when somebody
     *     else was writing there
     */
    Notes.Found link(Request request, Notes.Found note, String from) {
        Notes.Found other = Optional.of(from)
                .filter(Ids::isId)
                .flatMap(it -> notes.seen(request, it))
                .filter(it -> it.trashUntil().isEmpty())
                .orElseThrow(() -> Note.absent().asException());
        Notes.permit(Right.WRITE, notes.right(request, other).orElse(Right.READ), "note");
        if (other.id().equals(note.id()) || !leadsHere(request, note)) {
            return other;
        }
        Content content = other.note().content();
        String linked = Links.linked(content.body(), note.note().content().title());
        return notes.tellUpon(request, other, new Note.Command.Revise(content.withBody(linked)));
    }

    private boolean leadsHere(Request request, Notes.Found note) {
        String title = note.note().content().title();
        return Links.isLinkable(title)
                && notes.titled(request, note.note().identity().organization(), title)
                        .filter(it -> it.id().equals(note.id()))
                        .isPresent();
    }
}
