package leat.mocks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import leat.kernel.Entities;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.kernel.port.Blobs;
import leat.mocks.definition.Artefact;
import leat.mocks.definition.Diagnostic;
import leat.mocks.definition.MockDefinition;
import leat.mocks.definition.ParsedMock;
import leat.mocks.serving.TemplateBodies;

/**
 * The task between "publish this" and "it is live": checks a revision, stores its artefact, and tells the mock which of the
 * two came of it.
 *
 * <p>A crash in the middle repeats it to the same effect: the artefact has the same name again, and the commands have ids
 * that come from the task. When Leat itself fails {@link #TRIES} times, the mock is told that instead of the task being
 * parked, so that the page can say why and offer to try again.
 */
final class Compiler {
    /** Attempts before the mock is told of a failure. */
    static final int TRIES = 4;

    /** Characters of a reason that are kept. */
    static final int MAX_TEXT = 500;

    static final TaskPolicy POLICY =
            TaskPolicy.DEFAULT.attempts(TRIES + 4).backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private static final Logger LOG = System.getLogger("leat.mocks");

    private final Entities<Mock.Command, Mock.Event, Mock> mocks;
    private final Sources sources;
    private final Blobs blobs;
    private final Publications publications;

    Compiler(Entities<Mock.Command, Mock.Event, Mock> mocks, Blobs blobs, Publications publications) {
        this.mocks = mocks;
        this.sources = new Sources(blobs);
        this.blobs = blobs;
        this.publications = publications;
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
            outcome = compile(work);
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

    private Mock.Command compile(Mock.Compilation work) throws IOException {
        ParsedMock parsed = MockDefinition.parse(sources.read(work.source()), TemplateBodies.LIVE);
        if (parsed.definition().isEmpty()) {
            return new Mock.Command.Reject(work.revision(), reasons(parsed.diagnostics()));
        }
        MockDefinition definition = parsed.definition().get();
        String artefact =
                blobs.put(new ByteArrayInputStream(Artefact.write(definition))).hash();
        return new Mock.Command.MarkCompiled(
                work.revision(), artefact, definition.routes().size());
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
