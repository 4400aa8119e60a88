package leat.notes;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import leat.accounts.api.OrganizationsOf.Membership;
import leat.web.Request;
import leat.web.Role;

/**
 * The organization whose notes a page shows: the one that its address names, or the caller's first.
 *
 * @param person who the caller is
 * @param all of the caller's, by name
 */
record Scope(String person, List<Membership> all, Membership current) {

    /** Empty for somebody who is in no organization, or not in the one that is named. */
    static Optional<Scope> of(Request request, Organizations organizations) {
        Optional<String> named = request.query(Organizations.PARAMETER);
        return in(
                request,
                organizations,
                it -> named.isEmpty() || named.get().isEmpty() || Organizations.isNamed(it, named.get()));
    }

    /** That of a note which the caller has been let see. */
    static Scope of(Request request, Organizations organizations, Note.Identity note) {
        return of(request, organizations, note.organization());
    }

    /** That of something which the caller has been let see. */
    static Scope of(Request request, Organizations organizations, String organization) {
        return in(request, organizations, it -> it.organization().id().equals(organization))
                .orElseThrow(() -> Note.absent().asException());
    }

    private static Optional<Scope> in(Request request, Organizations organizations, Predicate<Membership> meant) {
        List<Membership> all = organizations.of(request);
        return all.stream()
                .filter(meant)
                .findFirst()
                .map(it -> new Scope(request.person().userId(), all, it));
    }

    String id() {
        return current.organization().id();
    }

    String name() {
        return current.organization().name();
    }

    boolean mayWrite() {
        return current.role().includes(Role.EDITOR);
    }

    boolean isOneOfSeveral() {
        return all.size() > 1;
    }

    /** Under what name a browser keeps what this person writes of a note that is not there yet. */
    String draftOfNew() {
        return draft("new." + name());
    }

    /** As {@link #draftOfNew}, of a note that is there; nobody else's, for people share browsers. */
    String draft(String note) {
        return person + "." + note;
    }

    /** An address of a page about this organization; who is in one only need not read its name there. */
    String link(String path) {
        if (!isOneOfSeveral()) {
            return path;
        }
        return path + (path.contains("?") ? "&" : "?") + Organizations.PARAMETER + "=" + name();
    }
}
