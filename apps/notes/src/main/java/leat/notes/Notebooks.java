package leat.notes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.web.Access;
import leat.web.Request;
import leat.web.Role;
import leat.web.Sender;

/**
 * What the edges ask of notebooks and do with them; one that the caller of a request may not see is absent here.
 *
 * @param list the view in which notes and notebooks stand side by side
 */
record Notebooks(
        Entities<Notebook.Command, Notebook.Event, Notebook> entities,
        Reader list,
        Organizations organizations,
        Sender sender) {
    /** The part of a path that names one. */
    static final String PARAMETER = "notebook";

    /** Of one organization, those that can be recovered among them. */
    static final int MAX = 500;

    /** Notebooks above one; see {@link NotebookList}. */
    private static final int MOST_ABOVE = 3 * Notebook.MAX_DEPTH;

    /**
     * A notebook as it stands.
     *
     * @param right what the caller may do with it
     * @param removed whether it must be recovered before anything else
     */
    record Found(String id, Notebook.Kept notebook, long version, boolean removed, Right right) {}

    // --- asking --------------------------------------------------------------------------------------------------

    /** Those who may do this with the notebook that the path names. */
    Access may(Right right) {
        return Access.member(
                Role.VIEWER,
                request -> seen(request, request.parameter(PARAMETER)).map(found -> {
                    Notes.permit(right, found.right(), "notebook");
                    return found.notebook().organization();
                }));
    }

    /** @throws leat.kernel.RefusedException with {@code notebook.absent} */
    Found find(Request request) {
        return find(request, request.parameter(PARAMETER));
    }

    Found find(Request request, String id) {
        return seen(request, id).orElseThrow(() -> Notebook.absent().asException());
    }

    Optional<Found> seen(Request request, String id) {
        return Ids.isId(id) ? found(request, entities.get(id)) : Optional.empty();
    }

    private Optional<Found> found(Request request, Answer<Notebook> answer) {
        return switch (answer.state()) {
            case Notebook.Kept it -> found(request, answer, it, false);
            case Notebook.Removed(Notebook.Kept it) -> found(request, answer, it, true);
            case Notebook.Absent _ -> Optional.empty();
        };
    }

    private Optional<Found> found(Request request, Answer<Notebook> answer, Notebook.Kept it, boolean removed) {
        String person = Sender.person(request);
        return organizations
                .roleIn(request, it.organization())
                .flatMap(role ->
                        Visibility.right(person, role, it, it.parent().flatMap(above -> roleIn(above, person))))
                .map(right -> new Found(answer.id(), it, answer.version(), removed, right));
    }

    /** What somebody is in a notebook: the most of what it and those above it share with them. */
    Optional<ShareRole> roleIn(String id, String person) {
        return standing(id).stream()
                .map(answer -> (Notebook.Kept) answer.state())
                .flatMap(it -> own(it, person).stream())
                .max(ShareRole::compareTo);
    }

    private static Optional<ShareRole> own(Notebook.Kept notebook, String person) {
        return notebook.author().equals(person)
                ? Optional.of(ShareRole.EDITOR)
                : Optional.ofNullable(notebook.shares().get(person));
    }

    /** With whom what lies in a notebook is shared by it and by those above it, from the nearest. */
    List<Sharing.Entry> shares(String id) {
        return standing(id).stream()
                .flatMap(answer -> shares(answer.id(), (Notebook.Kept) answer.state()))
                .toList();
    }

    private static Stream<Sharing.Entry> shares(String id, Notebook.Kept notebook) {
        return Stream.concat(
                Stream.of(new Sharing.Entry(notebook.author(), ShareRole.EDITOR, Optional.of(id))),
                notebook.shares().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(it -> new Sharing.Entry(it.getKey(), it.getValue(), Optional.of(id))));
    }

    /** Whether a notebook stands in another, or is it. */
    boolean lies(String id, String in) {
        return standing(id).stream().anyMatch(it -> it.id().equals(in));
    }

    /** Where something lies that was put into a notebook: there, or above those that were removed. */
    Optional<String> place(String id) {
        return standing(id).stream().map(Answer::id).findFirst();
    }

    /** A notebook and those above it; of a way on which one is removed, only those above the highest such. */
    private List<Answer<Notebook>> standing(String id) {
        List<Answer<Notebook>> way = Stream.iterate(
                        Optional.of(entities.get(id)),
                        Optional::isPresent,
                        it -> it.flatMap(answer -> above(answer.state())).map(entities::get))
                .limit(MOST_ABOVE)
                .flatMap(Optional::stream)
                .toList();
        int from = 0;
        for (int i = 0; i < way.size(); i++) {
            from = way.get(i).state() instanceof Notebook.Kept ? from : i + 1;
        }
        return way.subList(from, way.size());
    }

    private static Optional<String> above(Notebook notebook) {
        return switch (notebook) {
            case Notebook.Kept it -> it.parent();
            case Notebook.Removed(Notebook.Kept it) -> it.parent();
            case Notebook.Absent _ -> Optional.empty();
        };
    }

    /** Those that the caller sees, by name. */
    List<NotebookList.Item> in(Request request, String organization) {
        return list.read(sql -> NotebookList.of(sql, organization, Sender.person(request)));
    }

    /** Those that the caller might recover, by name. */
    List<NotebookList.Item> removed(Request request, String organization) {
        return list.read(sql -> NotebookList.removed(sql, organization, Sender.person(request)));
    }

    boolean isKnown(String id) {
        return list.read(sql -> NotebookList.find(sql, id)).isPresent();
    }

    boolean isOf(String id, String organization) {
        return list.read(sql -> NotebookList.find(sql, id))
                .filter(it -> it.organization().equals(organization))
                .isPresent();
    }

    /**
     * Whether the caller may put things into a notebook of an organization.
     *
     * @throws leat.kernel.RefusedException otherwise
     */
    void takes(Request request, String organization, String id, String refusal) {
        boolean may = seen(request, id)
                .filter(it -> !it.removed() && it.notebook().organization().equals(organization))
                .filter(it -> it.right().includes(Right.WRITE))
                .isPresent();
        if (!may) {
            throw invalid(
                    refusal,
                    refusal.startsWith("note.") ? "notebook" : "parent",
                    "notebook.absent",
                    "Name a notebook of this organization in which you may write.");
        }
    }

    private static RuntimeException invalid(String refusal, String field, String code, String message) {
        return Refusal.invalid(refusal, message, List.of(new Violation(field, code, message)))
                .asException();
    }

    // --- doing ---------------------------------------------------------------------------------------------------

    Found create(Request request, String organization, Notebook.Draft draft) {
        List<NotebookList.Item> all = list.read(sql -> NotebookList.all(sql, organization));
        if (all.size() >= MAX) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "notebook.many",
                            "An organization has at most " + MAX + " notebooks; use tags as well.")
                    .asException();
        }
        draft.parent().ifPresent(above -> {
            takes(request, organization, above, "notebook.invalid");
            fits(all, above, 1);
        });
        Envelope envelope = sender.envelope(request);
        String id = sender.idFor(request, envelope);
        return shown(request, entities.tell(id, new Notebook.Command.Create(organization, draft), envelope));
    }

    Found change(Request request, Found found, Notebook.Draft draft) {
        if (!draft.parent().equals(found.notebook().parent())) {
            draft.parent().ifPresent(above -> place(request, found, above));
        }
        return tell(request, found, new Notebook.Command.Change(draft));
    }

    private void place(Request request, Found found, String above) {
        String organization = found.notebook().organization();
        takes(request, organization, above, "notebook.invalid");
        List<NotebookList.Item> all = list.read(sql -> NotebookList.all(sql, organization));
        NotebookList.Item moved = item(all, found.id());
        if (item(all, above).path().startsWith(moved.path())) {
            throw invalid(
                    "notebook.invalid",
                    "parent",
                    "parent.inside",
                    "A notebook cannot lie in itself, or in one that lies in it.");
        }
        int height = all.stream()
                .filter(it -> it.path().startsWith(moved.path()))
                .mapToInt(it -> it.depth() - moved.depth() + 1)
                .max()
                .orElse(1);
        fits(all, above, height);
    }

    private static NotebookList.Item item(List<NotebookList.Item> all, String id) {
        return all.stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Notebook.absent().asException());
    }

    private static void fits(List<NotebookList.Item> all, String above, int height) {
        if (item(all, above).depth() + height > Notebook.MAX_DEPTH) {
            throw invalid(
                    "notebook.invalid",
                    "parent",
                    "parent.deep",
                    "Put notebooks into each other to a depth of " + Notebook.MAX_DEPTH + " at most.");
        }
    }

    /** Does something to a notebook, at the version that the caller has seen when they say which. */
    Found tell(Request request, Found found, Notebook.Command command) {
        Envelope envelope = sender.envelope(request);
        Optional<Long> seen = request.ifMatch();
        return shown(
                request,
                seen.isPresent()
                        ? entities.tell(found.id(), seen.get(), command, envelope)
                        : entities.tell(found.id(), command, envelope));
    }

    private Found shown(Request request, Answer<Notebook> answer) {
        list.await(answer.position(), Reader.PATIENCE);
        return found(request, answer).orElseThrow(() -> Notebook.absent().asException());
    }
}
