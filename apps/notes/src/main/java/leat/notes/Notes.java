package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.accounts.api.OrganizationsOf.Membership;
import leat.kernel.Announcements;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Role;
import leat.web.Sender;

/**
 * What the edges ask of notes and do with them: each method is one thing that a person can want.
 *
 * <p>What the caller of a request may not see is absent here, by whatever way it is asked for.
 */
record Notes(
        Entities<Note.Command, Note.Event, Note> entities,
        Reader list,
        Reader versions,
        Notebooks notebooks,
        Organizations organizations,
        Announcements announcements,
        Sender sender) {

    /**
     * A note as it stands, or stood.
     *
     * @param version of the entity
     * @param trashUntil when it will be removed for good, if it is in the trash
     * @param notebook in which it lies
     */
    record Found(String id, Note.Kept note, long version, Optional<Instant> trashUntil, Optional<String> notebook) {}

    // --- asking --------------------------------------------------------------------------------------------------

    /** Those who may do this with the note that the path names; for others who do not see it, there is none. */
    Access may(Right right) {
        return Access.member(
                Role.VIEWER,
                request -> seen(request).map(found -> {
                    permit(right, right(request, found).orElse(Right.READ), "note");
                    return found.note().identity().organization();
                }));
    }

    /** @throws leat.kernel.RefusedException with {@code forbidden} when it is not enough */
    static void permit(Right needed, Right has, String thing) {
        if (!has.includes(needed)) {
            throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "forbidden",
                            switch (has) {
                                case READ -> "You may read this " + thing + ", and no more.";
                                case COMMENT -> "You may read this " + thing + " and talk about it, and no more.";
                                case WRITE ->
                                    "You may change this " + thing + ", but not put it elsewhere or share it.";
                                case REMOVE, SHARE -> "Only the author of this " + thing + " shares it.";
                            })
                    .asException();
        }
    }

    /** What the caller may do with a note; empty when they may not see it. */
    Optional<Right> right(Request request, Found found) {
        String person = Sender.person(request);
        return organizations
                .roleIn(request, found.note().identity().organization())
                .flatMap(role -> Visibility.right(person, role, found.note(), inherited(found, person)));
    }

    private Optional<ShareRole> inherited(Found found, String person) {
        return inherited(found.note(), person);
    }

    private Optional<ShareRole> inherited(Note.Kept note, String person) {
        return note.filing().filter(Note.Filing::shared).flatMap(it -> notebooks.roleIn(it.notebook(), person));
    }

    /** Whether somebody who asks for nothing just now sees a note, such as one who is to be reminded of it. */
    boolean sees(String person, Note.Kept note) {
        return organizations
                .roleIn(NoteJson.userId(person), note.identity().organization())
                .flatMap(role -> Visibility.right(person, role, note, inherited(note, person)))
                .isPresent();
    }

    /** Whether the caller still sees the note that the path names, for streams that stay open. */
    boolean isSeen(Request request) {
        return seen(request).isPresent();
    }

    /**
     * The note that the path names, in the trash or not.
     *
     * @throws leat.kernel.RefusedException with {@code note.absent}
     */
    Found findAnywhere(Request request) {
        return seen(request).orElseThrow(() -> Note.absent().asException());
    }

    /** The note that the path names, unless it is in the trash. */
    Found find(Request request) {
        Found found = findAnywhere(request);
        if (found.trashUntil().isPresent()) {
            throw Note.inTrash(found.trashUntil().get()).asException();
        }
        return found;
    }

    private Optional<Found> seen(Request request) {
        String name = request.parameter("id");
        Optional<String> id = Ids.isId(name) ? Optional.of(name) : idOfSlug(request, name);
        return id.flatMap(it -> seen(request, it));
    }

    /** The note of this id, in the trash or not; empty when the caller may not see it. */
    Optional<Found> seen(Request request, String id) {
        return found(entities.get(id)).filter(it -> right(request, it).isPresent());
    }

    /** A slug is one note's in each organization; {@code organization=} tells which of several is meant. */
    private Optional<String> idOfSlug(Request request, String slug) {
        List<Membership> mine = organizations.of(request).stream()
                .filter(it -> request.query(Organizations.PARAMETER)
                        .map(named -> Organizations.isNamed(it, named))
                        .orElse(true))
                .toList();
        List<NoteList.Item> meant = list.read(sql -> NoteList.bySlug(sql, slug)).stream()
                .filter(it -> mine.stream()
                        .anyMatch(membership -> membership
                                .organization()
                                .id()
                                .equals(it.identity().organization())))
                .filter(it -> seen(request, it.id()).isPresent())
                .toList();
        if (meant.size() > 1) {
            throw Refusal.of(
                            Refusal.Kind.INVALID,
                            "organization.needed",
                            "Several of your organizations have a note of this name; say which by "
                                    + Organizations.PARAMETER + "=<name>.")
                    .asException();
        }
        return meant.stream().map(NoteList.Item::id).findFirst();
    }

    private boolean seesAllVersions(Request request, Found note) {
        String person = Sender.person(request);
        return Visibility.seesAllVersions(person, note.note(), inherited(note, person));
    }

    private boolean sees(Request request, Found note, NoteVersions.Item version) {
        return version.access() == Content.Access.PUBLIC
                || newest(note).filter(it -> it.version() == version.version()).isPresent()
                || seesAllVersions(request, note);
    }

    /** The newest version, whoever may see it. */
    Optional<NoteVersions.Item> newest(Found note) {
        return versions.read(
                sql -> NoteVersions.find(sql, note.id(), note.note().version()));
    }

    private Optional<Found> found(Answer<Note> answer) {
        return found(answer.id(), answer.state(), answer.version());
    }

    private Optional<Found> found(String id, Note state, long version) {
        return switch (state) {
            case Note.Kept kept -> Optional.of(new Found(id, kept, version, Optional.empty(), place(kept)));
            case Note.InTrash(Note.Kept kept, Instant until) ->
                Optional.of(new Found(id, kept, version, Optional.of(until), place(kept)));
            case Note.Absent _, Note.Removed _ -> Optional.empty();
        };
    }

    private Optional<String> place(Note.Kept note) {
        return note.filing().flatMap(it -> notebooks.place(it.notebook()));
    }

    /**
     * A page of an organization's notes, as the caller sees them.
     *
     * @throws leat.kernel.RefusedException with {@code paging.cursor} when it continues behind what no page ended with
     */
    Page<NoteList.Item> list(
            Request request, String organization, NoteFilter filter, NoteList.Order order, Paging paging) {
        if (paging.after().filter(key -> !order.isKey(key)).isPresent()) {
            throw Refusal.of(
                            Refusal.Kind.INVALID,
                            "paging.cursor",
                            "after must be a cursor that an earlier page of the same list gave as next.")
                    .asException();
        }
        filter.notebook().ifPresent(it -> notebooks.find(request, it));
        List<NoteList.Item> found = list.read(sql -> NoteList.of(
                sql, organization, Sender.person(request), filter, order, paging.after(), paging.limit() + 1));
        return Page.of(found, paging, order::key);
    }

    /** The note that a link with this title leads to, as far as the caller sees it. */
    Optional<NoteList.Item> titled(Request request, String organization, String title) {
        return list.read(sql -> NoteList.titled(sql, organization, Sender.person(request), title));
    }

    /** The notes that link to one, as far as the caller sees them. */
    List<NoteList.Item> linkingTo(Request request, Found note, int limit) {
        return list.read(sql -> NoteList.linkingTo(
                sql, note.note().identity().organization(), Sender.person(request), note.id(), limit));
    }

    /** A column of the board as the caller sees it; see {@link NoteList#column}. */
    List<NoteList.Item> column(
            Request request, String organization, Content.Status status, Optional<String> notebook, int limit) {
        notebook.ifPresent(it -> notebooks.find(request, it));
        return list.read(sql -> NoteList.column(sql, organization, Sender.person(request), status, notebook, limit));
    }

    /** Whether a note or a notebook is an organization's. */
    boolean isOf(String id, String organization) {
        return list.read(sql -> NoteList.find(sql, id))
                        .filter(it -> it.identity().organization().equals(organization))
                        .isPresent()
                || notebooks.isOf(id, organization);
    }

    /** A note that was found, with what was searched for marked. */
    record Hit(NoteList.Item item, List<Snippet.Piece> title, List<Snippet.Piece> snippet) {
        /** A note of a list that nobody searched. */
        static Hit unmarked(NoteList.Item item) {
            return new Hit(item, Snippet.unmarked(item.title()), Snippet.unmarked(item.excerpt()));
        }
    }

    /** A page of what an organization's notes have of a query, as the caller sees them, the best first. */
    Page<Hit> search(
            Request request, String organization, NoteFilter filter, SearchQuery query, int skip, Paging paging) {
        filter.notebook().ifPresent(it -> notebooks.find(request, it));
        List<NoteSearch.Match> found = list.read(sql -> NoteSearch.in(sql.dialect())
                .find(sql, organization, Sender.person(request), filter, query, skip, paging.limit() + 1));
        Page<NoteSearch.Match> page = Page.of(found, paging, any -> Integer.toString(skip + paging.limit()));
        return new Page<>(
                page.items().stream().map(it -> hit(request, it, query)).toList(), page.next());
    }

    private Hit hit(Request request, NoteSearch.Match match, SearchQuery query) {
        return new Hit(match.item(), Snippet.whole(match.item().title(), query), snippet(request, match, query));
    }

    /** Of the text as it reads; what was found in an address or in HTML is shown as it was typed. */
    private List<Snippet.Piece> snippet(Request request, NoteSearch.Match match, SearchQuery query) {
        List<Snippet.Piece> plain = Snippet.around(match.plain(), query);
        if (Snippet.isMarked(plain)
                || query.isCoveredBy(match.item().title(), match.item().tags())) {
            return plain;
        }
        return seen(request, match.item().id())
                .map(it -> Snippet.around(it.note().content().body(), query))
                .filter(Snippet::isMarked)
                .orElse(plain);
    }

    /** The versions that the caller may see, the newest first. */
    Page<NoteVersions.Item> versions(Request request, Found note, int before, Paging paging) {
        int current = seesAllVersions(request, note) ? 0 : note.note().version();
        List<NoteVersions.Item> found =
                versions.read(sql -> NoteVersions.of(sql, note.id(), current, before, paging.limit() + 1));
        return Page.of(found, paging, it -> Integer.toString(it.number()));
    }

    /** @throws leat.kernel.RefusedException with {@code version.absent} */
    NoteVersions.Item version(Request request, Found note, int number) {
        return versions.read(sql -> NoteVersions.find(sql, note.id(), number))
                .filter(it -> sees(request, note, it))
                .orElseThrow(() -> Note.versionAbsent("This note has no version " + number + ".")
                        .asException());
    }

    /** All saves of a version that the caller may see, the newest first. */
    List<NoteVersions.Item> saves(Request request, Found note, int number) {
        return versions.read(sql -> NoteVersions.saves(sql, note.id(), number)).stream()
                .filter(it -> sees(request, note, it))
                .toList();
    }

    /** The note as it was at a moment; before its creation it is {@code version.absent}. */
    NoteVersions.Item versionAt(Request request, Found note, Instant moment) {
        return versions.read(sql -> NoteVersions.at(sql, note.id(), moment))
                .filter(it -> sees(request, note, it))
                .orElseThrow(() ->
                        Note.versionAbsent("This note had no version then.").asException());
    }

    /** The note as the caller has seen it at a version of the entity; empty when they may not, or there was none. */
    Optional<Found> seenAsOf(Request request, Found note, long version) {
        return asOf(note, version)
                .filter(old -> old.note().content().access() == Content.Access.PUBLIC
                        || old.note().version() == note.note().version()
                        || seesAllVersions(request, note));
    }

    /** The note as a version left it; empty for a version of the entity at which there was none. */
    Optional<Found> asOf(Found note, long version) {
        return version < 1 || version > note.version()
                ? Optional.empty()
                : found(note.id(), entities.at(note.id(), version), version);
    }

    // --- doing ---------------------------------------------------------------------------------------------------

    /** @param notebook in which it will lie */
    Found create(Request request, String organization, Content content, Optional<String> notebook) {
        notebook.ifPresent(it -> notebooks.takes(request, organization, it, "note.invalid"));
        Envelope envelope = sender.envelope(request);
        String id = sender.idFor(request, envelope);
        return shown(entities.tell(id, new Note.Command.Create(organization, content, notebook), envelope));
    }

    /** Does something to a note, at the version that the caller has seen when they say which. */
    Found tell(Request request, Found note, Note.Command command) {
        Envelope envelope = sender.envelope(request);
        Optional<Long> seen = request.ifMatch();
        return shown(
                seen.isPresent()
                        ? entities.tell(note.id(), seen.get(), command, envelope)
                        : entities.tell(note.id(), command, envelope));
    }

    /** Puts a note into a notebook, or out of the one that it lies in. */
    Found file(Request request, Found note, Optional<String> notebook) {
        mayFile(request, note, notebook);
        return tell(request, note, new Note.Command.File(notebook));
    }

    /** The same in a request that has revised the note already. */
    Found fileRevised(Request request, Found note, Optional<String> notebook) {
        return shown(entities.tell(
                note.id(), note.version(), new Note.Command.File(notebook), sender.secondEnvelope(request)));
    }

    /** @throws leat.kernel.RefusedException when the caller may not put the note there */
    void mayFile(Request request, Found note, Optional<String> notebook) {
        permit(Right.REMOVE, right(request, note).orElse(Right.READ), "note");
        notebook.ifPresent(it -> notebooks.takes(request, note.note().identity().organization(), it, "note.invalid"));
    }

    /** Does something to a note unless it has changed since it was found. */
    Found tellUpon(Request request, Found note, Note.Command command) {
        return shown(entities.tell(note.id(), note.version(), command, sender.envelope(request)));
    }

    /** Makes an old version the newest. */
    Found restore(Request request, Found note, int number) {
        return restore(request, note, version(request, note, number));
    }

    /** The same by one of its saves. */
    Found restore(Request request, Found note, NoteVersions.Item old) {
        Content content = asOf(note, old.version()).orElseThrow().note().content();
        return tell(request, note, new Note.Command.Restore(old.number(), content));
    }

    /** Waits until lists show it, so that people see what they just did. */
    private Found shown(Answer<Note> answer) {
        views().forEach(view -> view.await(answer.position(), Reader.PATIENCE));
        return found(answer).orElseThrow(() -> Note.absent().asException());
    }

    /** All that is read; each shows a command a moment after it was decided. */
    List<Reader> views() {
        return List.of(list, versions);
    }
}
