package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Ids;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.Sender;
import leat.web.Sse;
import leat.web.ui.Action;
import leat.web.ui.Field;
import leat.web.ui.FormState;
import leat.web.ui.Icon;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.Ui;

/** The pages of one note: to read, to write, to put away. */
final class NotePages {
    static final List<String> WRITING = List.of("editor.js", "notes.js", "attach.js");

    private static final int MAX_BACKLINKS = 50;

    private final Notes notes;
    private final Comments comments;
    private final Attachments attachments;
    private final Writing writing;
    private final Follows follows;
    private final People people;
    private final Presence presence;
    private final Pages pages;

    NotePages(
            Notes notes,
            Comments comments,
            Attachments attachments,
            Follows follows,
            People people,
            Presence presence,
            Pages pages) {
        this.notes = notes;
        this.comments = comments;
        this.attachments = attachments;
        this.writing = new Writing(notes);
        this.follows = follows;
        this.people = people;
        this.presence = presence;
        this.pages = pages;
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        Access editor = notes.may(Right.WRITE);
        Access remover = notes.may(Right.REMOVE);
        return List.of(
                Route.post("/notes/preview", Access.signedIn(), this::preview).bodyUpTo(NotesApi.MAX_BODY),
                Route.get("/notes/{id}", viewer, this::show),
                Route.get("/notes/{id}/events", viewer, this::showEvents),
                Route.get("/notes/{id}/edit", editor, this::edit),
                Route.post("/notes/{id}", editor, this::save).bodyUpTo(NotesApi.MAX_BODY),
                Route.delete("/notes/{id}", remover, this::discard),
                Route.delete("/notes/{id}/trash", remover, this::recover),
                Route.put("/notes/{id}/pin", editor, it -> told(it, new Note.Command.Pin())),
                Route.delete("/notes/{id}/pin", editor, it -> told(it, new Note.Command.Unpin())),
                Route.put("/notes/{id}/archive", editor, it -> told(it, new Note.Command.Archive())),
                Route.delete("/notes/{id}/archive", editor, it -> told(it, new Note.Command.Unarchive())));
    }

    // --- to read -------------------------------------------------------------------------------------------------

    Response show(Request request) {
        NotePage page = page(request);
        return pages.page(
                request,
                page.note().content().title(),
                ui -> content(out -> JtenoteGenerated.render(out, PLAIN, ui, page)));
    }

    private NotePage page(Request request) {
        Notes.Found found = notes.findAnywhere(request);
        Note.Kept note = found.note();
        Scope scope = Scope.of(request, notes.organizations(), note.identity());
        Right right = notes.right(request, found).orElse(Right.READ);
        boolean isKept = found.trashUntil().isEmpty();
        NoteVersions.Item newest = notes.version(request, found, note.version());
        People.Names names = people.named(List.of(note.identity().author(), newest.by()));
        AttachedPage files = AttachedPage.of(attachments, found, isKept && right.includes(Right.WRITE));
        return new NotePage(
                scope,
                found.id(),
                note,
                new NoteLinks(notes, request, scope, files::address)
                        .html(note.content().body()),
                names.of(note.identity().author()),
                names.of(newest.by()),
                newest.at(),
                found.trashUntil(),
                isKept && right.includes(Right.WRITE),
                isKept && right.includes(Right.SHARE),
                isKept ? withFollowing(request, found, actions(found, right)) : actions(found, right),
                notebook(request, found),
                isKept && right.includes(Right.REMOVE) ? places(request, found) : List.of(),
                notes.linkingTo(request, found, MAX_BACKLINKS).stream()
                        .map(it -> new NotePage.Backlink(it.id(), it.title(), it.excerpt()))
                        .toList(),
                isKept ? mentions(request, found) : List.of(),
                isKept && right.includes(Right.WRITE) ? undo(request, found, newest) : Optional.empty(),
                conversation(request, found, isKept && right.includes(Right.COMMENT)),
                files);
    }

    private List<Action> withFollowing(Request request, Notes.Found found, List<Action> actions) {
        boolean isFollowed = follows.followed(request, found.note().identity().organization())
                .contains(found.id());
        var all = new ArrayList<>(actions);
        all.addFirst(TimelinePages.action(found, isFollowed));
        return List.copyOf(all);
    }

    /** Brings back what was there before, for somebody who has just written the newest version. */
    private Optional<Action> undo(Request request, Notes.Found found, NoteVersions.Item newest) {
        boolean isJustWritten = request.query("saved").isPresent()
                && newest.sender().equals(Sender.by(request))
                && now().isBefore(newest.at().plus(NoteVersions.STRETCH));
        int before = newest.number() - 1;
        return isJustWritten && !notes.saves(request, found, before).isEmpty()
                ? Optional.of(Action.of("Undo", "POST", "/notes/" + found.id() + "/history?restores=" + before)
                        .styled("button-small"))
                : Optional.empty();
    }

    private List<NotePage.Mention> mentions(Request request, Notes.Found found) {
        return new Mentions(notes)
                .of(request, found).stream()
                        .map(it -> new NotePage.Mention(
                                it.item().id(),
                                it.item().title(),
                                it.around(),
                                it.mayLink()
                                        ? Optional.of(Action.of(
                                                        "Link",
                                                        "PUT",
                                                        "/notes/" + found.id() + "/backlinks/"
                                                                + it.item().id())
                                                .styled("button-small")
                                                .icon(Icon.LINK))
                                        : Optional.empty()))
                        .toList();
    }

    private Optional<NotebookList.Item> notebook(Request request, Notes.Found found) {
        return found.notebook()
                .flatMap(id -> notes
                        .notebooks()
                        .in(request, found.note().identity().organization())
                        .stream()
                        .filter(it -> it.id().equals(id))
                        .findFirst());
    }

    private List<Field.Option> places(Request request, Notes.Found found) {
        return NotebookTree.of(
                        notes.notebooks().in(request, found.note().identity().organization()))
                .options("In no notebook");
    }

    private Conversation conversation(Request request, Notes.Found found, boolean mayTalk) {
        Conversation conversation = Conversation.of(comments, people, request, found);
        return mayTalk ? conversation : conversation.readOnly();
    }

    private static List<Action> actions(Notes.Found found, Right right) {
        String note = "/notes/" + found.id();
        if (!right.includes(Right.WRITE)) {
            return List.of();
        }
        if (found.trashUntil().isPresent()) {
            return !right.includes(Right.REMOVE)
                    ? List.of()
                    : List.of(Action.of("Recover", "DELETE", note + "/trash")
                            .styled("button-primary")
                            .icon(Icon.REFRESH));
        }
        var actions = new ArrayList<Action>();
        actions.add(
                found.note().pinned()
                        ? Action.of("Unpin", "DELETE", note + "/pin").styled("button-small")
                        : Action.of("Pin", "PUT", note + "/pin").styled("button-small"));
        actions.add(
                found.note().archived()
                        ? Action.of("Take out of the archive", "DELETE", note + "/archive")
                                .styled("button-small")
                        : Action.of("Archive", "PUT", note + "/archive").styled("button-small"));
        if (right.includes(Right.REMOVE)) {
            actions.add(Action.of("Move to trash", "DELETE", note)
                    .styled("button-small button-danger")
                    .icon(Icon.TRASH));
        }
        return List.copyOf(actions);
    }

    /** The note and its comments anew whenever they have changed; {@code version} for those who write it. */
    Response showEvents(Request request) {
        String id = notes.findAnywhere(request).id();
        Ui ui = pages.ui(request);
        Presence.Doing doing = request.query("doing")
                .flatMap(it -> Words.read(Presence.Doing.class, it))
                .orElse(Presence.Doing.READING);
        return Response.events(sink -> {
            sink.onClose(presence.follow(id, () -> sendPresence(request, id, ui, sink))::close);
            sink.onClose(presence.come(id, Sender.person(request), doing)::close);
            sendPresence(request, id, ui, sink);
            Following.changes(
                    notes.announcements(),
                    CommentList.TOPIC,
                    sink,
                    it -> comments.isOn(id, it),
                    () -> sendComments(request, ui, sink));
            Following.changes(
                    notes.announcements(),
                    sink,
                    it -> it.equals(id) || notes.notebooks().isKnown(it),
                    () -> sendNote(request, ui, sink));
        });
    }

    private void sendComments(Request request, Ui ui, Sse.Sink sink) {
        if (isReader(request)) {
            NotePage page = page(request);
            sink.send(
                    "",
                    "comments",
                    PageTemplate.text(content(out -> JteremarksGenerated.render(out, PLAIN, ui, page))));
        }
    }

    /** The others who are here; for whoever reads this, their own windows are no news. */
    private void sendPresence(Request request, String id, Ui ui, Sse.Sink sink) {
        if (isReader(request)) {
            List<Presence.Somebody> others = presence.at(id).stream()
                    .filter(it -> !it.person().equals(Sender.person(request)))
                    .toList();
            People.Names names =
                    people.named(others.stream().map(Presence.Somebody::person).toList());
            sink.send(
                    "",
                    "presence",
                    PageTemplate.text(content(out -> JtepresenceGenerated.render(out, PLAIN, ui, others, names))));
        }
    }

    private void sendNote(Request request, Ui ui, Sse.Sink sink) {
        if (!isReader(request)) {
            // What was shown until now goes from the screen as well.
            sink.send("", "presence", "");
            sink.send("", "comments", "");
            sink.send("", "note", PageTemplate.text(content(out -> JtenoteGoneGenerated.render(out, PLAIN, ui))));
            sink.send("", "end", "gone");
            sink.close();
            return;
        }
        sink.send("", "version", Long.toString(notes.findAnywhere(request).version()));
        NotePage page = page(request);
        sink.send("", "note", PageTemplate.text(content(out -> JtenoteShownGenerated.render(out, PLAIN, ui, page))));
    }

    private boolean isReader(Request request) {
        return notes.isSeen(request);
    }

    // --- to write ------------------------------------------------------------------------------------------------

    /** The form; for a script that already has it, what is in it. */
    Response edit(Request request) {
        Notes.Found found = notes.find(request);
        return isScript(request)
                ? Response.ok(Fields.of(found, NoteForm.zone(request)))
                : form(
                        request,
                        found,
                        NoteForm.state(found.note().content(), NoteForm.zone(request)),
                        Optional.empty());
    }

    private Response form(Request request, Notes.Found found, FormState state, Optional<String> undecided) {
        Note.Identity identity = found.note().identity();
        Scope scope = Scope.of(request, notes.organizations(), identity);
        var page = new NoteEditPage(
                scope,
                Optional.of(found.id()),
                found.version(),
                state,
                new NoteLinks(notes, request, scope, AttachedPage.of(attachments, found, true)::address)
                        .html(state.value("body")),
                Visibility.isAuthor(Sender.person(request), identity),
                undecided,
                List.of());
        return pages.page(
                request,
                page.heading(),
                Optional.empty(),
                WRITING,
                ui -> content(out -> JtenoteEditGenerated.render(out, PLAIN, ui, page)));
    }

    /** What a script that writes needs to know of a note. */
    private record Fields(long version, Map<String, String> fields) {
        static Fields of(Notes.Found found, ZoneId zone) {
            return new Fields(found.version(), NoteForm.fields(found.note().content(), zone));
        }
    }

    /** @param both the text in which the lines of both stand */
    private record Choice(long version, Map<String, String> fields, String both, String message) {}

    Response save(Request request) {
        var form = request.form();
        ZoneId zone = NoteForm.zone(request);
        long version = form.first("version")
                .filter(it -> it.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .orElse(0L);
        try {
            Writing.Outcome outcome = writing.save(
                    request,
                    version,
                    form.first("base"),
                    seen -> NoteForm.content(form, zone, seen, now()),
                    isScript(request));
            return switch (outcome) {
                case Writing.Saved(Notes.Found note) ->
                    isScript(request)
                            ? Response.ok(Fields.of(note, zone))
                            : Response.redirect("/notes/" + note.id() + "?saved");
                case Writing.Undecided it -> undecided(request, it);
            };
        } catch (RefusedException e) {
            if (isScript(request) || e.refusal().violations().isEmpty()) {
                throw e;
            }
            var state = new FormState(form.fields(), List.of()).refused(e.refusal());
            return form(request, notes.find(request), state, Optional.empty()).status(422);
        }
    }

    private Response undecided(Request request, Writing.Undecided it) {
        Notes.Found theirs = it.note();
        ZoneId zone = NoteForm.zone(request);
        String message = message(theirs, it.fields(), people.named(List.of(writer(request, theirs))), request);
        if (isScript(request)) {
            return Response.json(
                    409,
                    new Choice(
                            theirs.version(),
                            NoteForm.fields(theirs.note().content(), zone),
                            it.both().body(),
                            message));
        }
        return form(request, theirs, NoteForm.state(it.both(), zone), Optional.of(message))
                .status(409);
    }

    private String writer(Request request, Notes.Found note) {
        return notes.version(request, note, note.note().version()).by();
    }

    private String message(Notes.Found theirs, List<String> fields, People.Names names, Request request) {
        String who = names.of(writer(request, theirs));
        var others = fields.stream().filter(it -> !it.equals("body")).toList();
        var message = new StringBuilder(who).append(" wrote here at the same time, and nothing is saved yet.");
        if (fields.contains("body")) {
            message.append(
                    " The lines that both of you changed stand in the text twice, between lines of signs: keep what"
                            + " you want and take out those lines.");
        }
        Map<String, String> now = NoteForm.fields(theirs.note().content(), NoteForm.zone(request));
        others.forEach(it -> message.append(" For ")
                .append(it)
                .append(", ")
                .append(who)
                .append(" chose “")
                .append(now.get(it))
                .append("”."));
        return message.append(" Then save.").toString();
    }

    /** What a text looks like, as it is typed. */
    Response preview(Request request) {
        String body = request.form().first("body").orElse("");
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty() || body.codePointCount(0, body.length()) > Content.MAX_BODY) {
            return Response.noContent();
        }
        return Response.html(new NoteLinks(notes, request, scope.get(), files(request)::address).html(body));
    }

    /** Those of the note that is written; a new one has none. */
    private AttachedPage files(Request request) {
        return request.query("note")
                .filter(Ids::isId)
                .flatMap(id -> notes.seen(request, id))
                .map(it -> AttachedPage.of(attachments, it, true))
                .orElse(AttachedPage.NONE);
    }

    // --- to put away ---------------------------------------------------------------------------------------------

    Response discard(Request request) {
        Notes.Found found = notes.findAnywhere(request);
        notes.tell(request, found, new Note.Command.Trash(found.id()));
        Scope scope = Scope.of(request, notes.organizations(), found.note().identity());
        return Response.redirect(scope.link("/notes?trashed=" + found.id()));
    }

    Response recover(Request request) {
        Notes.Found found = notes.tell(request, notes.findAnywhere(request), new Note.Command.Recover());
        return Response.redirect("/notes/" + found.id());
    }

    private Response told(Request request, Note.Command command) {
        Notes.Found found = notes.tell(request, notes.find(request), command);
        return Response.redirect("/notes/" + found.id());
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    static boolean isScript(Request request) {
        return request.header("accept").filter("application/json"::equals).isPresent();
    }

    private Instant now() {
        return notes.sender().clock().instant();
    }
}
