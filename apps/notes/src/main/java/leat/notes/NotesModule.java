package leat.notes;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Module;
import leat.kernel.Reader;
import leat.kernel.TaskPolicy;
import leat.web.Routes;
import leat.web.Sender;
import leat.web.ui.Icon;
import leat.web.ui.PageRoutes;
import leat.web.ui.Place;

/** Notes, what can be read of them, and the task that empties their trash. */
public final class NotesModule implements Module {
    private static final Place PLACE = new Place("Notes", "/notes", Icon.NOTE, 40)
            .shortcut("g n")
            .containing(List.of(
                    new Place("Board", "/notes/board", Icon.GRID, 1),
                    new Place("Calendar", "/notes/calendar", Icon.CALENDAR, 2),
                    new Place("Notebooks", "/notes/notebooks", Icon.FOLDER, 3),
                    new Place("Reminders", "/notes/reminders", Icon.BELL, 4),
                    new Place("Tags", "/notes/tags", Icon.TAG, 5),
                    new Place("Timeline", "/notes/timeline", Icon.CLOCK, 6),
                    new Place("Trash", "/notes/trash", Icon.TRASH, 7),
                    new Place("Import/export", ImportPages.IMPORTS, Icon.UP_DOWN, 8)));

    private final NotesSettings settings;
    private final Supplier<String> baseUrl;

    /** A module with the usual limits. */
    public NotesModule() {
        this(NotesSettings.USUAL);
    }

    /** A module whose mail and calendars lead nowhere, for it does not know how people reach this Leat. */
    public NotesModule(NotesSettings settings) {
        this(settings, () -> "");
    }

    /** @param baseUrl how people reach this Leat, without a slash at its end; asked when it is needed */
    public NotesModule(NotesSettings settings, Supplier<String> baseUrl) {
        this.settings = settings;
        this.baseUrl = baseUrl;
    }

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public void define(Definition m) {
        Notes notes = mount(m);
        var comments = new Comments(notes, m.entity(Comment.TYPE), m.view(CommentList.VIEW));
        var people = new People(m.asks());
        Attachments attachments = attachments(m);
        var files = new AttachedFile(attachments.store());
        var searches = new SavedSearches(m.entity(SavedSearch.TYPE), m.view(SavedSearchList.VIEW), notes.sender());
        var follows = new Follows(notes, m.entity(Follow.TYPE), m.view(Timeline.VIEW));
        var presence = new Presence(m.announcements());
        m.adds(Routes.class, Routes.of(new NotesApi(notes).table()));
        m.adds(Routes.class, Routes.of(new NotebooksApi(notes).table()));
        var sharing = new Sharing(notes, people);
        var pictures = new PublicPictures(attachments, files);
        var links = new PublicLinks(notes, m.entity(PublicLink.TYPE), m.view(PublicLinkList.VIEW));
        var imports = imports(m, notes, attachments, links);
        m.forgets(new RemovedAuthor(notes, comments, attachments, searches, imports));
        var exporting = new Exporting(notes, attachments);
        m.adds(Routes.class, Routes.of(new SharesApi(sharing).table()));
        m.adds(Routes.class, Routes.of(new PublicLinksApi(links).table()));
        m.adds(Routes.class, Routes.of(new SearchApi(notes).table()));
        m.adds(Routes.class, Routes.of(new SavedSearchesApi(notes, searches).table()));
        m.adds(Routes.class, Routes.of(new TimelineApi(follows).table()));
        m.adds(Routes.class, Routes.of(new ChangesApi(notes).table()));
        m.adds(Routes.class, Routes.of(new MentionsApi(notes).table()));
        m.adds(Routes.class, Routes.of(new PresenceApi(notes, presence).table()));
        m.adds(Routes.class, Routes.of(new CommentsApi(comments).table()));
        m.adds(Routes.class, Routes.of(new TagsApi(notes, m.entity(Tag.TYPE), m.view(TagList.VIEW)).table()));
        var attachmentsApi = new AttachmentsApi(notes, attachments, files);
        m.adds(Routes.class, Routes.of(attachmentsApi.table()));
        m.adds(Routes.class, Routes.of(new ImportsApi(imports, exporting).table()));
        m.adds(PageRoutes.class, pages -> new NotesPages(notes, searches, people, pages).table());
        m.adds(PageRoutes.class, pages -> new ImportPages(notes, imports, exporting, pages).table());
        m.adds(PageRoutes.class, pages -> new SavedSearchPages(notes, searches, pages).table());
        m.adds(PageRoutes.class, pages -> new NotebookPages(notes, people, pages).table());
        m.adds(PageRoutes.class, pages -> new SharingPages(sharing, links, pages).table());
        m.adds(PageRoutes.class, pages -> new PublicPages(links, pictures, pages, System::nanoTime).table());
        m.adds(PageRoutes.class, pages -> new BoardPages(notes, pages).table());
        m.adds(
                PageRoutes.class,
                pages -> new NotePages(notes, comments, attachments, follows, people, presence, pages).table());
        m.adds(PageRoutes.class, pages -> new TimelinePages(follows, people, pages).table());
        m.adds(PageRoutes.class, _ -> new MentionsApi(notes).pages());
        m.adds(PageRoutes.class, _ -> new AttachmentPages(notes, attachments, attachmentsApi).table());
        m.adds(PageRoutes.class, _ -> new CommentPages(comments).table());
        m.adds(PageRoutes.class, pages -> new HistoryPages(notes, people, pages).table());
        reminders(m, notes);
        m.adds(Place.class, PLACE);
    }

    private void reminders(Definition m, Notes notes) {
        Entities<Reminders.Command, Reminders.Event, Reminders> reminders = m.entity(Reminders.TYPE);
        Reader list = m.view(ReminderList.VIEW);
        Reminding.mount(m, notes, reminders, baseUrl);
        var book = new ReminderBook(notes, reminders, list);
        var feeds = new CalendarFeeds(notes, list, m.entity(CalendarFeed.TYPE), m.asks(), baseUrl);
        m.adds(Routes.class, Routes.of(new RemindersApi(book, feeds).table()));
        m.adds(PageRoutes.class, pages -> new ReminderPages(book, feeds, m.asks(), pages).table());
        NotePublishing.mount(m, notes.entities(), reminders);
    }

    /** Mounts everything; gives back what edges work with. */
    Notes mount(Definition m) {
        Entities<Note.Command, Note.Event, Note> notes = m.entity(Note.TYPE);
        m.task(Note.EXPIRE, TaskPolicy.DEFAULT, task -> {
            Note.Expiry expiry = task.payload(Note.Expiry.class);
            notes.tell(expiry.id(), new Note.Command.Expire(expiry.until()), today(task.envelope(0), m.clock()));
        });
        var organizations = new Organizations(m.asks());
        var sender = new Sender(m.clock(), m.ids());
        Reader list = m.view(NoteList.VIEW);
        return new Notes(
                notes,
                list,
                m.view(NoteVersions.VIEW),
                new Notebooks(m.entity(Notebook.TYPE), list, organizations, sender),
                organizations,
                m.announcements(),
                sender);
    }

    /** Mounts the files of notes. */
    Attachments attachments(Definition m) {
        var attachments = new Attachments(
                m.entity(Attachment.TYPE), m.view(AttachmentList.VIEW), new FileStore(m.blobs()), m.tasks(), settings);
        m.process(AttachmentCleanup.PROCESS);
        m.task(AttachmentCleanup.TASK, TaskPolicy.DEFAULT, attachments::removeAll);
        m.task(Attachment.SWEEP, TaskPolicy.DEFAULT, attachments::sweep);
        return attachments;
    }

    /** Mounts what is taken in from files. */
    static Imports imports(Definition m, Notes notes, Attachments attachments, PublicLinks links) {
        Entities<Import.Command, Import.Event, Import> entities = m.entity(Import.TYPE);
        var importing = new Importing(notes, links, entities, attachments, m.clock());
        m.task(Import.READ, Importing.POLICY, importing::run);
        return new Imports(notes, entities, m.view(ImportList.VIEW), attachments);
    }

    /** A task's envelope bears the time at which the task was asked for, here thirty days ago; the history shows today. */
    private static Envelope today(Envelope envelope, Clock clock) {
        return new Envelope(envelope.commandId(), envelope.correlationId(), envelope.by(), clock.instant());
    }
}
