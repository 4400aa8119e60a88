package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.Sender;

/** The HTTP interface of notes; a note is named by its id or its slug. */
final class NotesApi {
    /** Bytes of a request that carries a note, which JSON may make longer than it is. */
    static final int MAX_BODY = 2 << 20;

    /** Notes that link to one. */
    static final int MAX_BACKLINKS = 200;

    /** Notes in each column of the board. */
    static final int MAX_COLUMN = 200;

    private static final String NOTES = "/api/notes/notes";
    private static final String NOTE = NOTES + "/{id}";
    static final String ORGANIZATION = "Whose, by name or id; needed only by those who are in several.";

    private final Notes notes;

    NotesApi(Notes notes) {
        this.notes = notes;
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        Access editor = notes.may(Right.WRITE);
        Access remover = notes.may(Right.REMOVE);
        return List.of(
                Route.post(NOTES, Access.signedIn(), this::create)
                        .summary("Create a note; its address is its slug, made of the day and the title.")
                        .query("organization", ORGANIZATION)
                        .takes(NoteDraft.class)
                        .bodyUpTo(MAX_BODY)
                        .answers(201, NoteJson.Whole.class)
                        .refuses("organization.absent", "organization.needed", "note.invalid", "note.slug-taken"),
                listed(Route.get(NOTES, Access.signedIn(), this::list)
                        .summary("List an organization's notes: the pinned ones, then what was written last.")),
                listed(Route.get(NOTES + "/mine", Access.signedIn(), this::mine)
                        .summary("List the notes that the caller has created.")),
                listed(Route.get("/api/notes/trash", Access.signedIn(), this::trash)
                        .summary("List the notes in the trash.")),
                Route.get("/api/notes/board", Access.signedIn(), this::board)
                        .summary("Read the notes that are not blank, status by status, what is due first.")
                        .query("organization", ORGANIZATION)
                        .query("notebook", "Only what lies in this notebook, or further in.")
                        .answers(Board.class)
                        .refuses("organization.absent", "organization.needed"),
                Route.get("/api/notes/stati", Access.signedIn(), this::stati)
                        .summary("List the words for statuses, in the order of the board.")
                        .answers(Stati.class),
                Route.get(NOTE, viewer, this::get)
                        .summary("Read a note by its id or its slug.")
                        .query("at", "As it was at this moment.")
                        .query("organization", "Whose note of this slug, when several of the caller's have one.")
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent", "version.absent", "organization.needed"),
                Route.get(NOTE + "/backlinks", viewer, this::backlinks)
                        .summary("List the notes that link to a note, by any title that it ever had.")
                        .answers(Listed.class)
                        .refuses("note.absent"),
                Route.put(NOTE, editor, this::revise)
                        .summary("Write a note anew, as its next version; 412 carries all versions that matter.")
                        .takes(NoteDraft.class)
                        .bodyUpTo(MAX_BODY)
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent", "note.invalid", "access.not-yours", "version.stale"),
                Route.delete(NOTE, remover, this::discard)
                        .summary("Put a note into the trash, which keeps it for 30 days.")
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent"),
                Route.delete(NOTE + "/trash", remover, this::recover)
                        .summary("Take a note out of the trash.")
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent"),
                Route.put(NOTE + "/status", editor, this::move)
                        .summary("Move a note to another column of the board.")
                        .takes(Moving.class)
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent", "note.invalid"),
                flag("PUT", "/pin", editor, new Note.Command.Pin(), "Pin a note: lists begin with it."),
                flag("DELETE", "/pin", editor, new Note.Command.Unpin(), "Unpin a note."),
                flag("PUT", "/archive", editor, new Note.Command.Archive(), "Put a note into the archive."),
                flag("DELETE", "/archive", editor, new Note.Command.Unarchive(), "Take a note out of the archive."),
                Route.get(NOTE + "/versions", viewer, this::versions)
                        .summary("List who wrote which version when, the newest first.")
                        .answersPageOf(NoteJson.Version.class)
                        .refuses("note.absent"),
                Route.get(NOTE + "/versions/{number}", viewer, this::version)
                        .summary("Read a note as one of its versions left it.")
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent", "version.absent"),
                Route.post(NOTE + "/versions", editor, this::restore)
                        .summary("Make an old version the newest; who may see the note stays as it is.")
                        .takes(Restoring.class)
                        .answers(201, NoteJson.Whole.class)
                        .refuses("note.absent", "version.absent", "version.stale"));
    }

    private static Route listed(Route route) {
        return narrowed(route)
                .query("q", "Only those with this in their titles, in whatever case.")
                .query("order", "due for what is due first; what is not due is left out.")
                .answersPageOf(NoteJson.Summary.class);
    }

    /** A route that finds some of an organization's notes. */
    static Route narrowed(Route route) {
        return route.query("organization", ORGANIZATION)
                .query("kind", "Only Bookmark, Task, Event, Journal or Note.")
                .query("status", "Only those of this status.")
                .query("tag", "Only those with this tag, or one below it.")
                .query("author", "Only those that this user created.")
                .query("dueFrom", "Only what is due at this moment or later.")
                .query("dueBefore", "Only what is due earlier than this moment.")
                .query("notebook", "Only what lies in this notebook, or further in.")
                .query("archived", "true for only those in the archive, false for only the others.")
                .refuses("organization.absent", "organization.needed", "filter.invalid", "notebook.absent");
    }

    private Route flag(String method, String path, Access access, Note.Command command, String summary) {
        return Route.of(
                        method,
                        NOTE + path,
                        access,
                        request -> answered(notes.tell(request, notes.find(request), command)))
                .summary(summary)
                .answers(NoteJson.Whole.class)
                .refuses("note.absent");
    }

    // --- what travels --------------------------------------------------------------------------------------------

    record Moving(String status) {}

    /** @param restores the number of an older version */
    record Restoring(int restores) {}

    record Stati(List<String> items) {}

    record Listed(List<NoteJson.Summary> items) {}

    record Board(List<Column> columns) {}

    /** @param more whether there are more than {@link #MAX_COLUMN} */
    record Column(String status, List<NoteJson.Summary> items, boolean more) {}

    // --- many notes ----------------------------------------------------------------------------------------------

    Response create(Request request) {
        String organization = notes.organizations().of(request, Role.EDITOR).id();
        NoteDraft draft = request.json(NoteDraft.class);
        Content content = draft.content(Note.NOTHING, notes.sender().clock().instant());
        Notes.Found note =
                notes.create(request, organization, content, draft.notebook().filter(it -> !it.isEmpty()));
        return Response.created(location(note), NoteJson.whole(note)).etag(note.version());
    }

    Response list(Request request) {
        return listed(request, NoteQuery.of(request, NoteFilter.ALL));
    }

    Response mine(Request request) {
        NoteFilter filter = NoteQuery.of(request, NoteFilter.ALL);
        return listed(request, filter.by(Sender.person(request)));
    }

    Response trash(Request request) {
        return listed(request, NoteQuery.of(request, NoteFilter.TRASH));
    }

    private Response listed(Request request, NoteFilter filter) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        Page<NoteList.Item> page =
                notes.list(request, organization, filter, NoteQuery.order(request), Paging.of(request));
        return Response.page(
                request, new Page<>(page.items().stream().map(NoteJson::summary).toList(), page.next()));
    }

    Response board(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        return Response.ok(new Board(List.of(Content.Status.values()).stream()
                .filter(status -> status != Content.Status.BLANK)
                .map(status -> column(request, organization, status))
                .toList()));
    }

    private Column column(Request request, String organization, Content.Status status) {
        List<NoteList.Item> found =
                notes.column(request, organization, status, request.query("notebook"), MAX_COLUMN + 1);
        return new Column(
                Words.of(status),
                found.stream().limit(MAX_COLUMN).map(NoteJson::summary).toList(),
                found.size() > MAX_COLUMN);
    }

    Response stati(Request request) {
        return Response.ok(new Stati(Words.all(Content.Status.class)));
    }

    // --- one note ------------------------------------------------------------------------------------------------

    Response get(Request request) {
        Notes.Found note = notes.find(request);
        Optional<Instant> moment = request.query("at").map(NotesApi::moment);
        return moment.isEmpty() ? answered(note) : old(note, notes.versionAt(request, note, moment.get()));
    }

    Response backlinks(Request request) {
        Notes.Found note = notes.find(request);
        List<NoteList.Item> found = notes.list()
                .read(sql -> NoteList.linkingTo(
                        sql, note.note().identity().organization(), Sender.person(request), note.id(), MAX_BACKLINKS));
        return Response.ok(new Listed(found.stream().map(NoteJson::summary).toList()));
    }

    Response revise(Request request) {
        Notes.Found note = notes.find(request);
        NoteDraft draft = request.json(NoteDraft.class);
        Content content =
                draft.content(note.note().content(), notes.sender().clock().instant());
        Optional<Optional<String>> elsewhere = draft.notebook()
                .map(it -> Optional.of(it).filter(name -> !name.isEmpty()))
                .filter(it -> !it.equals(note.notebook()));
        elsewhere.ifPresent(it -> notes.mayFile(request, note, it));
        try {
            Notes.Found revised = notes.tell(request, note, new Note.Command.Revise(content));
            return answered(
                    elsewhere.map(it -> notes.fileRevised(request, revised, it)).orElse(revised));
        } catch (RefusedException e) {
            throw e.refusal().kind() == Refusal.Kind.STALE ? withVersions(request, content, e) : e;
        }
    }

    /** So that no text is lost: what stands, what the sender began with, and what they sent. */
    private RefusedException withVersions(Request request, Content sent, RefusedException stale) {
        Notes.Found now = notes.find(request);
        Refusal refusal = stale.refusal().with("current", NoteJson.whole(now)).with("yours", NoteJson.text(sent));
        return request.ifMatch()
                .flatMap(version -> notes.seenAsOf(request, now, version))
                .map(base -> refusal.with("base", NoteJson.whole(base)))
                .orElse(refusal)
                .asException();
    }

    Response discard(Request request) {
        Notes.Found note = notes.findAnywhere(request);
        return answered(notes.tell(request, note, new Note.Command.Trash(note.id())));
    }

    Response recover(Request request) {
        return answered(notes.tell(request, notes.findAnywhere(request), new Note.Command.Recover()));
    }

    Response move(Request request) {
        Notes.Found note = notes.find(request);
        Content.Status status = NoteDraft.status(request.json(Moving.class).status());
        return answered(notes.tell(request, note, new Note.Command.Move(status)));
    }

    // --- versions ------------------------------------------------------------------------------------------------

    Response versions(Request request) {
        Paging paging = Paging.of(request);
        int before = paging.after().map(NotesApi::number).orElse(Integer.MAX_VALUE);
        Page<NoteVersions.Item> page = notes.versions(request, notes.find(request), before, paging);
        return Response.page(
                request, new Page<>(page.items().stream().map(NoteJson::version).toList(), page.next()));
    }

    Response version(Request request) {
        Notes.Found note = notes.find(request);
        return old(note, notes.version(request, note, number(request.parameter("number"))));
    }

    Response restore(Request request) {
        Notes.Found note = notes.find(request);
        Notes.Found restored =
                notes.restore(request, note, request.json(Restoring.class).restores());
        return Response.created(
                        NOTES + "/" + note.id() + "/versions/" + restored.note().version(), NoteJson.whole(restored))
                .etag(restored.version());
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private static Response answered(Notes.Found note) {
        return Response.ok(NoteJson.whole(note)).etag(note.version());
    }

    /** Without an ETag, for an old version is nothing to change. */
    private Response old(Notes.Found note, NoteVersions.Item item) {
        return Response.ok(NoteJson.whole(
                notes.asOf(note, item.version()).orElseThrow(() -> Note.absent().asException())));
    }

    private static String location(Notes.Found note) {
        return NOTES + "/" + NoteQuery.encoded(note.note().identity().slug()) + "?organization="
                + NoteQuery.encoded(note.note().identity().organization());
    }

    private static Instant moment(String text) {
        return NoteQuery.instant(text)
                .orElseThrow(() -> NoteQuery.invalid("at", "Write a moment in this form: 2026-06-01T12:00:00Z."));
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }
}
