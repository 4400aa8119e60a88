package leat.mocks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.kernel.port.Blobs;
import leat.mocks.definition.Artefact;
import leat.mocks.definition.Diagnostic;
import leat.mocks.definition.MockDefinition;
import leat.mocks.definition.ParsedMock;
import leat.mocks.serving.TemplateBodies;

/**
 * The work between "publish this" and "it is live": checks a revision, stores its artefact, and tells the mock which of the
 * two came of it.
 *
 * <p>The process that is asked does it at once, while the wish becomes durable. The task that is durable together with the
 * wish begins {@link #HEAD_START} later and mostly finds it done; it is there for the crash and for the failure.
 *
 * <p>A crash in the middle repeats it to the same effect: the artefact has the same name again, and the commands have ids
 * that come from the task. When Leat itself fails {@link #TRIES} times, the mock is told that instead of the task being
 * parked, so that the page can say why and offer to try again.
 */
final class Compiler {
    /** Attempts before the mock is told of a failure. */
    static final int TRIES = 4;

    /** How long after the wish the task begins, unless it is done by then. */
    static final Duration HEAD_START = Duration.ofSeconds(2);

    /** Characters of a reason that are kept. */
    static final int MAX_TEXT = 500;

    static final TaskPolicy POLICY =
            TaskPolicy.DEFAULT.attempts(TRIES + 4).backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private static final Logger LOG = System.getLogger("leat.mocks");

    private final Entities<Mock.Command, Mock.Event, Mock> mocks;
    private final Sources sources;
    private final Blobs blobs;
    private final Publications publications;
    private final Clock clock;
    private final Ids ids;
    private final Map<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();

    Compiler(
            Entities<Mock.Command, Mock.Event, Mock> mocks,
            Blobs blobs,
            Publications publications,
            Clock clock,
            Ids ids) {
        this.mocks = mocks;
        this.sources = new Sources(blobs);
        this.blobs = blobs;
        this.publications = publications;
        this.clock = clock;
        this.ids = ids;
    }

    /** What became of a text, whichever revision has it. */
    sealed interface Outcome {
        /** @param artefact hash of the blob that serving nodes load */
        record Good(String artefact, int routes) implements Outcome {}

        record Bad(List<Mock.Reason> reasons) implements Outcome {}
    }

    /** Compiles a text on a thread of its own; one that is being compiled is not compiled twice. */
    CompletableFuture<Outcome> begin(String source) {
        var mine = new CompletableFuture<Outcome>();
        CompletableFuture<Outcome> others = underWay.putIfAbsent(source, mine);
        if (others != null) {
            return others;
        }
        Thread.ofVirtual().name("mocks-compile").start(() -> {
            try {
                mine.complete(compile(source));
            } catch (IOException | RuntimeException | Error fault) {
                mine.completeExceptionally(fault);
            } finally {
                underWay.remove(source, mine);
            }
        });
        return mine;
    }

    /** Tells the mock what came of it, and has it answer; a failure is left to the task. */
    CompletableFuture<Void> finish(String id, int revision, CompletableFuture<Outcome> compiling, Envelope wish) {
        return compiling
                .thenAccept(outcome -> {
                    mocks.tell(id, command(revision, outcome), following(wish));
                    try {
                        publications.refresh(id, Optional.of(following(wish)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .whenComplete((done, failed) -> {
                    if (failed != null) {
                        LOG.log(Logger.Level.WARNING, "mock " + id + " could not be published at once", failed);
                    }
                });
    }

    private Envelope following(Envelope wish) {
        return new Envelope(ids.nextCommand(), wish.correlationId(), "task:" + Mock.COMPILE, clock.instant());
    }

    private static Mock.Command command(int revision, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Good(String artefact, int routes) -> new Mock.Command.MarkCompiled(revision, artefact, routes);
            case Outcome.Bad(List<Mock.Reason> reasons) -> new Mock.Command.Reject(revision, reasons);
        };
    }

    void run(TaskRun task) throws IOException {
        Mock.Compilation work = task.payload(Mock.Compilation.class);
        if (!(mocks.get(work.id()).state() instanceof Mock.Kept kept)
                || !(kept.publication() instanceof Mock.Publication.Publishing publishing)
                || publishing.revision() != work.revision()) {
            return;
        }
        Mock.Command outcome;
        try {
            outcome = command(work.revision(), compiled(work.source()));
        } catch (IOException | RuntimeException fault) {
            if (task.attempt() < TRIES) {
                throw fault;
            }
            LOG.log(Logger.Level.ERROR, "mock " + work.id() + " cannot be compiled", fault);
            outcome = new Mock.Command.Fail(work.revision(), sentence(fault));
        }
        mocks.tell(work.id(), outcome, task.envelope(0));
        publications.refresh(work.id(), Optional.of(task.envelope(1)));
    }

    private Outcome compiled(String source) throws IOException {
        try {
            return begin(source).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException fault -> throw fault;
                case RuntimeException fault -> throw fault;
                case null, default -> throw e;
            }
        }
    }

    private Outcome compile(String source) throws IOException {
        ParsedMock parsed = MockDefinition.parse(sources.read(source), TemplateBodies.LIVE);
        if (parsed.definition().isEmpty()) {
            return new Outcome.Bad(reasons(parsed.diagnostics()));
        }
        MockDefinition definition = parsed.definition().get();
        String artefact =
                blobs.put(new ByteArrayInputStream(Artefact.write(definition))).hash();
        return new Outcome.Good(artefact, definition.routes().size());
    }

    /** The first errors, which are what keeps it from being published. */
    private static List<Mock.Reason> reasons(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                .limit(Mock.MAX_REASONS)
                .map(diagnostic -> new Mock.Reason(
                        diagnostic.line(),
                        diagnostic.column(),
                        diagnostic.code(),
                        shortened(diagnostic.message()),
                        shortened(diagnostic.advice())))
                .toList();
    }

    private static String sentence(Exception fault) {
        return shortened(Optional.ofNullable(fault.getMessage())
                .filter(message -> !message.isBlank())
                .orElseGet(() -> fault.getClass().getSimpleName()));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
