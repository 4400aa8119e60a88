package leat.notes;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.web.Headers;
import leat.web.Request;
import leat.web.Sender;

/** What the edges do with a person's saved searches; those of others are absent here. */
record SavedSearches(
        Entities<SavedSearch.Command, SavedSearch.Event, SavedSearch> entities, Reader list, Sender sender) {

    List<SavedSearchList.Item> of(Request request, String organization) {
        return list.read(sql -> SavedSearchList.of(sql, organization, Sender.person(request)));
    }

    /**
     * Saves what a list was narrowed to.
     *
     * @param query as the list's address has it; what means nothing to lists is left out
     * @throws leat.kernel.RefusedException with {@code search.invalid}, {@code filter.invalid}, {@code search.taken} or {@code
     *     search.many}
     */
    SavedSearchList.Item save(Request request, String organization, String name, String query) {
        if (of(request, organization).size() >= SavedSearchList.MAX) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "search.many",
                            "Keep at most " + SavedSearchList.MAX + " searches; remove one first.")
                    .asException();
        }
        Envelope envelope = sender.envelope(request);
        return shown(entities.tell(
                sender.idFor(request, envelope),
                new SavedSearch.Command.Save(organization, name.strip(), known(query)),
                envelope));
    }

    private static String known(String query) {
        Request read = Request.of("GET", "/notes?" + query, Headers.of(), new byte[0]);
        NoteQuery.of(read, NoteFilter.ALL);
        return NoteListPage.NAMES.stream()
                .filter(it -> read.query(it).filter(text -> !text.isBlank()).isPresent())
                .map(it -> it + "=" + NoteQuery.encoded(read.query(it).orElse("")))
                .collect(Collectors.joining("&"));
    }

    SavedSearchList.Item tell(Request request, SavedSearch.Command command) {
        String id = request.parameter("search");
        if (!Ids.isId(id)) {
            throw SavedSearch.absent().asException();
        }
        return shown(entities.tell(id, command, sender.envelope(request)));
    }

    private SavedSearchList.Item shown(Answer<SavedSearch> answer) {
        list.await(answer.position(), Reader.PATIENCE);
        return item(answer.id(), answer.state())
                .orElseThrow(() -> SavedSearch.absent().asException());
    }

    /** The caller's search of this id that was removed, so that it can be had back. */
    Optional<SavedSearchList.Item> removed(Request request, String id) {
        return Ids.isId(id)
                        && entities.get(id).state() instanceof SavedSearch.Removed(SavedSearch.Kept it)
                        && it.person().equals(Sender.person(request))
                ? item(id, it)
                : Optional.empty();
    }

    private static Optional<SavedSearchList.Item> item(String id, SavedSearch state) {
        return switch (state) {
            case SavedSearch.Kept it -> Optional.of(new SavedSearchList.Item(id, it.name(), it.query()));
            case SavedSearch.Removed(SavedSearch.Kept it) ->
                Optional.of(new SavedSearchList.Item(id, it.name(), it.query()));
            case SavedSearch.Absent _ -> Optional.empty();
        };
    }
}
