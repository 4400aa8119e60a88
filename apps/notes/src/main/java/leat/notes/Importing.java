package leat.notes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.RefusedException;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.notes.text.Document;
import leat.notes.text.Enclosed;
import leat.notes.text.ImportException;
import leat.notes.text.NoteSink;
import leat.notes.transfer.Format;
import leat.web.Role;
import leat.web.Sender;

/**
 * Reads the file of an import, and takes in what it holds or only says what it would.
 *
 * <p>The id of each note is made of who takes it in, where, and all that the file says of it; the ids of commands are made of
 * the import as well. So a run that was broken off begins again and finds done what was done, and the same file in another
 * import brings nothing twice. What is the same twice in one file stays two notes.
 */
final class Importing {
    /** Tried for about ten minutes, for what fails may be the store; two at a time, for each holds a file on its disk. */
    static final TaskPolicy POLICY = TaskPolicy.DEFAULT
            .attempts(12)
            .backoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
            .concurrency(2);

    /** Between two times that a run tells how far it is, and asks whether it was cancelled. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Notes that are taken in at once, so that they share the commits of the journal; one with files ends such a group. */
    private static final int ABREAST = 32;

    private final Notes notes;
    private final PublicLinks links;
    private final Entities<Import.Command, Import.Event, Import> imports;
    private final Attachments attachments;
    private final Clock clock;

    Importing(
            Notes notes,
            PublicLinks links,
            Entities<Import.Command, Import.Event, Import> imports,
            Attachments attachments,
            Clock clock) {
        this.notes = notes;
        this.links = links;
        this.imports = imports;
        this.attachments = attachments;
        this.clock = clock;
    }

    void run(TaskRun task) throws Exception {
        Import.Work work = task.payload(Import.Work.class);
        if (!(imports.get(work.id()).state() instanceof Import.Begun it) || !isRunning(it, work)) {
            return;
        }
        var run = new Run(task, work, it);
        try {
            read(run, it);
        } catch (ImportException e) {
            if (task.cancelled()) {
                throw e;
            }
            run.tell(new Import.Command.Fail(run.counts(), said(String.valueOf(e.getMessage()))));
        } catch (Cancelled _) {
            // Its owner has said so, and sees that it has ended.
        } catch (RuntimeException | IOException e) {
            if (!task.cancelled() && task.attempt() >= POLICY.attempts()) {
                run.tell(new Import.Command.Fail(
                        run.counts(), "Something is wrong on the server; those who run it can see what."));
            }
            throw e;
        }
        if (imports.get(work.id()).state() instanceof Import.Begun after && after.isOver()) {
            for (Import.Part part : after.parts()) {
                attachments.store().remove(part.blob());
            }
        }
    }

    private static boolean isRunning(Import.Begun it, Import.Work work) {
        return it.stage() == Import.Stage.RUNNING && it.runs() == work.run();
    }

    private void read(Run run, Import.Begun it) throws IOException {
        if (!notes.organizations()
                .has(NoteJson.userId(it.owner().person()), it.owner().organization(), Role.EDITOR)) {
            throw new ImportException("You may no longer write notes in this organization.");
        }
        try (ImportScratch scratch = ImportScratch.of(run.work.id())) {
            Path file = scratch.folder().resolve("file");
            assemble(it, file);
            try {
                Format.read(file, it.name(), scratch.folder(), run);
            } catch (ImportException damaged) {
                run.takeIn();
                throw damaged;
            }
            run.takeIn();
            run.tell(new Import.Command.Finish(run.counts(), run.named));
        }
    }

    private void assemble(Import.Begun it, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Import.Part part : it.parts()) {
                Optional<InputStream> stored = attachments.store().find(part.blob());
                if (stored.isEmpty()) {
                    throw new ImportException("The file is kept for a day, and that is over. Send it again.");
                }
                try (InputStream in = stored.get()) {
                    in.transferTo(out);
                }
            }
        }
    }

    /** One line of bounded length. */
    private static String said(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ");
        return line.codePointCount(0, line.length()) <= Import.MAX_SAID
                ? line
                : line.substring(0, line.offsetByCodePoints(0, Import.MAX_SAID - 1)) + "…";
    }

    /** Ends the reading of a file that its owner does not want any more. */
    private static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cancelled() {
            super("cancelled", null, false, false);
        }
    }

    /**
     * What became of a note.
     *
     * @param now empty when there is nothing to be done to it
     * @param isNew whether this import brings it
     */
    private record Kept(Optional<Answer<Note>> now, boolean isNew) {}

    /** @param number which of the notes it is of which the file says exactly the same */
    private record Waiting(ImportedNote note, int number) {}

    /** @param before the note of this id as it was before this run */
    private record Sought(ImportedNote note, String id, Answer<Note> before) {}

    private record Placed(Sought sought, Optional<String> notebook) {}

    private static <A, B> List<B> abreast(List<A> items, Function<A, B> work) {
        List<Future<B>> done;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            done = items.stream()
                    .map(item -> threads.submit(() -> work.apply(item)))
                    .toList();
        }
        return done.stream().map(Importing::result).toList();
    }

    private static <B> B result(Future<B> done) {
        if (done.state() == Future.State.FAILED && done.exceptionNow() instanceof RuntimeException fault) {
            throw fault;
        }
        return done.resultNow();
    }

    /** One run. */
    private final class Run implements NoteSink, ImportedNotebooks.Naming {
        private final TaskRun task;
        private final Import.Work work;
        private final Import.Owner owner;
        private final boolean dryRun;
        private final String by;
        private final ImportedNotebooks notebooks;
        private final List<Import.LeftOut> named = new ArrayList<>();
        private final Map<String, Integer> marks = new HashMap<>();
        private final Set<String> tags = new HashSet<>();
        private final List<Waiting> waiting = new ArrayList<>();
        private Instant told;
        private int taken;
        private int files;
        private int known;
        private int left;

        Run(TaskRun task, Import.Work work, Import.Begun it) {
            this.task = task;
            this.work = work;
            this.owner = it.owner();
            this.dryRun = it.dryRun();
            this.by = owner.person();
            this.told = clock.instant();
            this.notebooks = new ImportedNotebooks(notes.notebooks(), links.list(), owner, dryRun, this, this::leftOut);
        }

        Import.Counts counts() {
            return new Import.Counts(taken, notebooks.made(), tags.size(), files, known, left);
        }

        Import tell(Import.Command command) {
            var envelope = new Envelope(
                    notes.sender().ids().nextCommand(), task.envelope(0).correlationId(), by, clock.instant());
            return imports.tell(work.id(), command, envelope).state();
        }

        @Override
        public void leftOut(String name, String why) {
            left++;
            if (named.size() < Import.MAX_NAMED) {
                named.add(new Import.LeftOut(said(name), said(why)));
            }
        }

        @Override
        public void note(Document document, List<Enclosed> enclosed) throws IOException {
            if (task.cancelled()) {
                throw new IllegalStateException("this node stops; another goes on");
            }
            ImportedNote it = ImportedNote.of(document);
            String title = it.content().title();
            if (it.violations().isEmpty()) {
                it.lost().forEach(why -> leftOut(title, why));
                waiting.add(new Waiting(it, marks.merge(it.mark(), 1, Integer::sum)));
                if (!enclosed.isEmpty() || waiting.size() == ABREAST) {
                    Kept note = takeIn().getLast();
                    for (Enclosed file : enclosed) {
                        file(note, title, file);
                    }
                }
            } else {
                leftOut(title, it.violations().getFirst().message());
            }
            tellNowAndThen();
        }

        /** Takes in what waits, all at once; what became of each, in their order. */
        List<Kept> takeIn() {
            List<Sought> sought = abreast(waiting, this::sought);
            waiting.clear();
            List<Placed> placed = sought.stream().map(this::placed).toList();
            List<Kept> kept = abreast(placed, this::kept);
            for (int i = 0; i < kept.size(); i++) {
                count(sought.get(i), kept.get(i));
            }
            return kept;
        }

        private void tellNowAndThen() {
            if (Duration.between(told, clock.instant()).compareTo(PAUSE) > 0) {
                told = clock.instant();
                if (!(tell(new Import.Command.Advance(counts())) instanceof Import.Begun it) || !isRunning(it, work)) {
                    throw new Cancelled();
                }
            }
        }

        private Sought sought(Waiting it) {
            String mark = it.note().mark();
            String number = Integer.toString(it.number());
            String id = lasting("note", mark, number);
            Answer<Note> before = notes.entities().get(id);
            for (int life = 1; before.state() instanceof Note.Removed; life++) {
                id = lasting("note", mark, number, Integer.toString(life));
                before = notes.entities().get(id);
            }
            return new Sought(it.note(), id, before);
        }

        /** One after the other, for two notes may make one notebook. */
        private Placed placed(Sought it) {
            boolean comesIn = !dryRun || it.before().version() == 0;
            return new Placed(it, comesIn ? notebooks.of(it.note().document().folder()) : Optional.empty());
        }

        private Kept kept(Placed it) {
            Sought sought = it.sought();
            if (dryRun) {
                return new Kept(Optional.empty(), sought.before().version() == 0);
            }
            Optional<Answer<Note>> created =
                    created(it, Optional.empty()).or(() -> created(it, Optional.of(sought.id())));
            return new Kept(created.or(() -> Optional.of(sought.before())), created.isPresent());
        }

        /** Empty when another import has taken it. */
        private Optional<Answer<Note>> created(Placed it, Optional<String> mark) {
            Sought sought = it.sought();
            Document from = sought.note().document();
            var origin =
                    new TakenNote(it.notebook(), from.created(), from.changed(), from.pinned(), from.archived(), mark);
            try {
                return Optional.of(notes.entities()
                        .tell(
                                sought.id(),
                                new Note.Command.Take(
                                        owner.organization(), sought.note().content(), origin),
                                envelope(sought.id(), mark.isEmpty() ? "take" : "take marked")));
            } catch (RefusedException e) {
                if (Set.of("note.slug-taken", "note.created", "note.in-trash")
                        .contains(e.refusal().code())) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private void count(Sought sought, Kept kept) {
            Content content = sought.note().content();
            if (kept.isNew()) {
                taken++;
                tags.addAll(content.tags());
            } else {
                known++;
                if (sought.before().state() instanceof Note.InTrash) {
                    leftOut(content.title(), "It was taken in before, and is in the trash now. Recover it there.");
                }
            }
        }

        private void file(Kept note, String title, Enclosed file) throws IOException {
            int most = attachments.settings().fileBytes();
            byte[] bytes;
            try (InputStream in = file.bytes().open()) {
                bytes = in.readNBytes(most + 1);
            }
            String name = title + ": " + file.name();
            if (bytes.length > most) {
                leftOut(name, "The file has more than " + Labels.bytes(most) + ".");
            } else if (bytes.length == 0) {
                leftOut(name, "The file is empty.");
            } else if (note.now().isPresent()) {
                attach(note.now().get(), note.isNew(), name, file.name(), bytes);
            } else if (note.isNew()) {
                files++;
            }
        }

        /** A known note gets what it lacks, for its import may have been cancelled before that. */
        private void attach(Answer<Note> note, boolean isNew, String told, String name, byte[] bytes) {
            if (!(note.state() instanceof Note.Kept kept)) {
                return;
            }
            String id = lasting("file", note.id(), name, FileStore.hash(bytes));
            var found = new Notes.Found(note.id(), kept, note.version(), Optional.empty(), Optional.empty());
            boolean isThere = !attachments.isNew(id);
            try {
                if (!isThere) {
                    attachments.attach(found, id, name, bytes, envelope(id, "attach"));
                }
                files += isNew || !isThere ? 1 : 0;
            } catch (RefusedException e) {
                leftOut(told, e.refusal().message());
            }
        }

        @Override
        public Envelope envelope(String id, String deed) {
            UUID command = UUID.nameUUIDFromBytes((work.id() + " " + id + " " + deed).getBytes(StandardCharsets.UTF_8));
            return new Envelope(command, task.envelope(0).correlationId(), by, clock.instant());
        }

        @Override
        public String id(String... parts) {
            return Importing.id(work.id(), parts);
        }

        /** An id that all of this person's imports into this organization make of these parts. */
        private String lasting(String... parts) {
            return Importing.id(owner.organization() + " " + owner.person(), parts);
        }
    }

    private static String id(String whose, String... parts) {
        MessageDigest digest = FileStore.sha256();
        digest.update(("import " + whose).getBytes(StandardCharsets.UTF_8));
        for (String part : parts) {
            digest.update((byte) 0);
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }
        return Sender.id(digest.digest());
    }
}
