package leat.mocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;
import leat.web.ui.Status;
import leat.web.ui.Step;
import leat.web.ui.Step.State;
import leat.web.ui.Tone;

/**
 * How a mock's publication stands, in words and steps, and what can be done about it.
 *
 * @param live the revision that answers
 * @param sentence may be empty
 * @param reasons what kept an older revision from being published; those of the newest are found in its text, beside it
 * @param failure may be empty
 */
record PublicationCard(
        int head,
        Optional<Integer> live,
        List<Step> steps,
        String sentence,
        List<Mock.Reason> reasons,
        String failure,
        Addresses addresses,
        List<Action> actions) {

    static PublicationCard of(Mocks.Found found, Addresses addresses, boolean mayEdit) {
        Mock.Kept mock = found.mock();
        int head = mock.head().number();
        var reasons = mock.publication() instanceof Mock.Publication.Invalid(int revision, List<Mock.Reason> all)
                        && revision != head
                ? all
                : List.<Mock.Reason>of();
        return new PublicationCard(
                head,
                mock.live().map(Mock.Live::revision),
                steps(mock),
                sentence(mock),
                reasons,
                mock.publication() instanceof Mock.Publication.Failed(int _, String reason) ? reason : "",
                addresses,
                mayEdit ? actions(found) : List.of());
    }

    /** What the pill says. */
    static Status status(Mock.Kept mock) {
        return switch (mock.publication()) {
            case Mock.Publication.Draft _ -> Status.DRAFT;
            case Mock.Publication.Invalid _ -> Status.INVALID;
            case Mock.Publication.Publishing _ -> Status.PUBLISHING;
            case Mock.Publication.Failed _ -> Status.of("Failed", Tone.RED);
            case Mock.Publication.Published _ -> Status.PUBLISHED;
            case Mock.Publication.Unpublished _ -> Status.UNPUBLISHED;
        };
    }

    /** The same for a row of the list. */
    static Status status(String status) {
        return switch (status) {
            case "invalid" -> Status.INVALID;
            case "publishing" -> Status.PUBLISHING;
            case "failed" -> Status.of("Failed", Tone.RED);
            case "published" -> Status.PUBLISHED;
            case "unpublished" -> Status.UNPUBLISHED;
            default -> Status.DRAFT;
        };
    }

    private static List<Step> steps(Mock.Kept mock) {
        return switch (mock.publication()) {
            case Mock.Publication.Draft _, Mock.Publication.Unpublished _ -> steps(State.WAITING, State.WAITING);
            case Mock.Publication.Publishing(int _, boolean compiled) ->
                compiled ? steps(State.DONE, State.NOW) : steps(State.NOW, State.WAITING);
            case Mock.Publication.Invalid _, Mock.Publication.Failed _ -> steps(State.FAILED, State.WAITING);
            case Mock.Publication.Published _ -> steps(State.DONE, State.DONE);
        };
    }

    private static List<Step> steps(State compiled, State live) {
        return List.of(new Step("Saved", State.DONE), new Step("Compiled", compiled), new Step("Live", live));
    }

    private static String sentence(Mock.Kept mock) {
        String still = mock.live()
                .map(live -> " Revision " + live.revision() + " goes on answering.")
                .orElse("");
        return switch (mock.publication()) {
            case Mock.Publication.Draft _ -> "Nothing answers yet.";
            case Mock.Publication.Invalid(int revision, List<Mock.Reason> _) ->
                "Revision " + revision + " was not published: it has errors"
                        + (revision == mock.head().number() ? ", listed under Findings." : ".") + still;
            case Mock.Publication.Publishing(int revision, boolean compiled) ->
                compiled
                        ? "Revision " + revision + " is compiled and about to answer."
                        : "Revision " + revision + " is being compiled." + still;
            case Mock.Publication.Failed(int revision, String _) ->
                "Revision " + revision + " could not be published, through no fault of its text." + still;
            case Mock.Publication.Published(int revision) ->
                revision < mock.head().number() ? "What was saved since is not published." : "";
            case Mock.Publication.Unpublished _ -> "It was taken offline.";
        };
    }

    private static List<Action> actions(Mocks.Found found) {
        String url = "/mocks/" + found.id() + "/publication";
        var actions = new ArrayList<Action>();
        if (found.mock().publication() instanceof Mock.Publication.Failed) {
            actions.add(Action.of("Try again", "PUT", url).styled("button-small button-primary"));
        }
        if (found.mock().publication() instanceof Mock.Publication.Publishing(int _, boolean compiled) && !compiled) {
            actions.add(Action.of("Ask again", "PUT", url).styled("button-small"));
        }
        if (found.mock().live().isPresent()) {
            actions.add(Action.of("Unpublish", "DELETE", url)
                    .styled("button-small")
                    .confirm("Take this mock offline?", "Nothing answers at its address from then on."));
        }
        return actions;
    }
}
