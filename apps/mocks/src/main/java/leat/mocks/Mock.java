package leat.mocks;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.TOO_LARGE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Wire;
import leat.mocks.definition.Limits;

/**
 * An API that answers before it exists: a file with its revisions, and what became of the last wish to publish one.
 *
 * <p>Events carry a file's digest, size and number of lines; the text is a blob. What is live is apart from how publication
 * stands: the last good revision goes on answering until another one is compiled, or until it is unpublished.
 */
sealed interface Mock {
    /** Characters of a name. */
    int MAX_NAME = 40;

    /** Characters of a host's first label, as the domain name system has it (RFC 1035). */
    int MAX_LABEL = 63;

    /** Reasons that an {@link Event.Rejected} keeps; the rest can be had by checking the source again. */
    int MAX_REASONS = 20;

    /** The task that compiles a revision. */
    String COMPILE = "mocks.compile";

    Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    /** Nothing has this id yet. */
    record Absent() implements Mock {}

    /** @param live what answers requests, whatever publication says */
    record Kept(Identity identity, Revision head, Publication publication, Optional<Live> live) implements Mock {
        Kept with(Publication other) {
            return new Kept(identity, head, other, live);
        }

        /** How publication stands once nothing is under way or wrong with it. */
        Publication atRest() {
            return live.<Publication>map(it -> new Publication.Published(it.revision()))
                    .orElseGet(Publication.Draft::new);
        }
    }

    /** It was there and its names are free again. */
    record Removed() implements Mock {}

    /** Whose it is and what it is called; never changed. */
    record Identity(String organization, String organizationName, String name) {
        /** The first label of its host; unique, and looked up whole, never taken apart. */
        String label() {
            return name + "-" + organizationName;
        }

        /** The part of its path form between {@code /m/} and its own paths. */
        String path() {
            return organizationName + "/" + name;
        }
    }

    /**
     * A file as events know it.
     *
     * @param hash of the blob that holds it
     * @param bytes in UTF-8
     */
    record Source(String hash, long bytes, int lines) {}

    /** @param number from 1, without gaps */
    record Revision(int number, Source source) {}

    /** @param artefact hash of the blob that serving nodes load */
    record Live(int revision, String artefact) {}

    /** Something wrong with a revision; lines and columns count from 1. */
    record Reason(int line, int column, String code, String message, String advice) {}

    /** How the last wish to publish stands. */
    sealed interface Publication {
        record Draft() implements Publication {}

        /** The revision has errors. */
        record Invalid(int revision, List<Reason> reasons) implements Publication {}

        /** @param compiled whether only the serving nodes are waited for */
        record Publishing(int revision, boolean compiled) implements Publication {}

        /** Leat itself failed, several times, and will not try again unasked. */
        record Failed(int revision, String reason) implements Publication {}

        record Published(int revision) implements Publication {}

        record Unpublished() implements Publication {}
    }

    sealed interface Command {
        record Create(String organization, String organizationName, String name, Source source) implements Command {}

        record Save(Source source) implements Command {}

        /**
         * @param id of this mock
         * @param again even though this very revision is being published
         * @param headStart how long the task waits, for the asker compiles as well; none when it does not
         */
        record RequestPublication(String id, Revision revision, boolean again, Duration headStart) implements Command {}

        /** An old revision becomes the newest and is published. */
        record RollBack(String id, Revision to, Duration headStart) implements Command {}

        record MarkCompiled(int revision, String artefact, int routes) implements Command {}

        record Reject(int revision, List<Reason> reasons) implements Command {}

        record Fail(int revision, String reason) implements Command {}

        /** A serving node answers with it now. */
        record MarkLive(int revision) implements Command {}

        record Unpublish() implements Command {}

        record Remove() implements Command {}
    }

    sealed interface Event {
        record Created(String organization, String organizationName, String name) implements Event {}

        record Saved(int revision, Source source) implements Event {}

        record RolledBack(int revision, int to, Source source) implements Event {}

        record PublicationRequested(int revision) implements Event {}

        record Compiled(int revision, String artefact, int routes) implements Event {}

        record Rejected(int revision, List<Reason> reasons) implements Event {}

        record PublicationFailed(int revision, String reason) implements Event {}

        record Published(int revision) implements Event {}

        record WasUnpublished() implements Event {}

        record WasRemoved() implements Event {}
    }

    /** What {@link #COMPILE} works on. */
    record Compilation(String id, int revision, String source) {}

    Decider<Command, Event, Mock> DECIDER = Decider.of(new Absent(), Mock::decide, Mock::evolve);

    EntityType<Command, Event, Mock> TYPE = EntityType.of(
                    "mock",
                    DECIDER,
                    Wire.of("mock.created", Event.Created.class),
                    Wire.of("mock.saved", Event.Saved.class),
                    Wire.of("mock.rolled-back", Event.RolledBack.class),
                    Wire.of("mock.publication-requested", Event.PublicationRequested.class),
                    Wire.of("mock.compiled", Event.Compiled.class),
                    Wire.of("mock.rejected", Event.Rejected.class),
                    Wire.of("mock.publication-failed", Event.PublicationFailed.class),
                    Wire.of("mock.published", Event.Published.class),
                    Wire.of("mock.unpublished", Event.WasUnpublished.class),
                    Wire.of("mock.removed", Event.WasRemoved.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Mock mock, Envelope envelope) {
        return switch (mock) {
            case Absent _ -> command instanceof Command.Create create ? create(create) : Decision.refuse(absent());
            case Removed _ -> command instanceof Command.Remove ? Decision.alreadySo() : Decision.refuse(absent());
            case Kept it -> decideKept(command, it, envelope);
        };
    }

    private static Decision<Event> decideKept(Command command, Kept it, Envelope envelope) {
        return switch (command) {
            case Command.Create(String organization, String organizationName, String name, Source _) ->
                it.identity().equals(new Identity(organization, organizationName, name))
                        ? Decision.alreadySo()
                        : Decision.refuse(CONFLICT, "mock.created", "This mock exists already, under another name.");
            case Command.Save(Source source) -> save(it, source);
            case Command.RequestPublication request -> request(it, request, envelope);
            case Command.RollBack rollBack -> rollBack(it, rollBack, envelope);
            case Command.MarkCompiled(int revision, String artefact, int routes) ->
                isCompiling(it, revision)
                        ? Decision.accept(new Event.Compiled(revision, artefact, routes))
                        : Decision.alreadySo();
            case Command.Reject(int revision, List<Reason> reasons) ->
                isCompiling(it, revision)
                        ? Decision.accept(new Event.Rejected(revision, reasons))
                        : Decision.alreadySo();
            case Command.Fail(int revision, String reason) ->
                isCompiling(it, revision)
                        ? Decision.accept(new Event.PublicationFailed(revision, reason))
                        : Decision.alreadySo();
            case Command.MarkLive(int revision) ->
                it.publication().equals(new Publication.Publishing(revision, true))
                        ? Decision.accept(new Event.Published(revision))
                        : Decision.alreadySo();
            case Command.Unpublish _ ->
                it.live().isEmpty() && !(it.publication() instanceof Publication.Publishing)
                        ? Decision.alreadySo()
                        : Decision.accept(new Event.WasUnpublished());
            case Command.Remove _ ->
                Decision.<Event>accept(new Event.WasRemoved())
                        .release("mock.name", nameClaim(it.identity()))
                        .release("mock.host", it.identity().label());
        };
    }

    private static Decision<Event> create(Command.Create create) {
        var identity = new Identity(create.organization(), create.organizationName(), create.name());
        Optional<Violation> violation = nameViolation(identity);
        if (violation.isPresent()) {
            return Decision.refuse(
                    Refusal.invalid("mock.invalid", violation.get().message(), List.of(violation.get())));
        }
        return tooLarge(create.source())
                .<Decision<Event>>map(Decision::refuse)
                .orElseGet(() -> Decision.<Event>accept(
                                new Event.Created(create.organization(), create.organizationName(), create.name()),
                                new Event.Saved(1, create.source()))
                        .claim("mock.name", nameClaim(identity), nameTaken(identity))
                        .claim("mock.host", identity.label(), hostTaken(identity)));
    }

    private static Decision<Event> save(Kept it, Source source) {
        if (source.hash().equals(it.head().source().hash())) {
            return Decision.alreadySo();
        }
        return tooLarge(source)
                .<Decision<Event>>map(Decision::refuse)
                .orElseGet(() -> Decision.accept(new Event.Saved(it.head().number() + 1, source)));
    }

    private static Decision<Event> request(Kept it, Command.RequestPublication request, Envelope envelope) {
        Revision revision = request.revision();
        if (!exists(it, revision)) {
            return Decision.refuse(revisionAbsent(revision.number()));
        }
        boolean isSo = switch (it.publication()) {
            case Publication.Published(int live) -> live == revision.number();
            case Publication.Publishing(int under, boolean compiled) ->
                under == revision.number() && (compiled || !request.again());
            case Publication.Draft _, Publication.Invalid _, Publication.Failed _, Publication.Unpublished _ -> false;
        };
        return isSo
                ? Decision.alreadySo()
                : compile(
                        Decision.accept(new Event.PublicationRequested(revision.number())),
                        request.id(),
                        revision,
                        envelope.at().plus(request.headStart()));
    }

    private static Decision<Event> rollBack(Kept it, Command.RollBack rollBack, Envelope envelope) {
        Revision to = rollBack.to();
        if (!exists(it, to)) {
            return Decision.refuse(revisionAbsent(to.number()));
        }
        if (to.source().hash().equals(it.head().source().hash())) {
            return request(
                    it,
                    new Command.RequestPublication(rollBack.id(), it.head(), false, rollBack.headStart()),
                    envelope);
        }
        var next = new Revision(it.head().number() + 1, to.source());
        return compile(
                Decision.accept(
                        new Event.RolledBack(next.number(), to.number(), next.source()),
                        new Event.PublicationRequested(next.number())),
                rollBack.id(),
                next,
                envelope.at().plus(rollBack.headStart()));
    }

    /** Events and the task that follows from them become durable together, which saves a commit on the way to live. */
    private static Decision<Event> compile(
            Decision.Accepted<Event> accepted, String id, Revision revision, Instant notBefore) {
        return accepted.task(
                COMPILE,
                id,
                new Compilation(id, revision.number(), revision.source().hash()),
                notBefore);
    }

    private static boolean exists(Kept it, Revision revision) {
        return (revision.number() >= 1 && revision.number() < it.head().number()) || revision.equals(it.head());
    }

    private static boolean isCompiling(Kept it, int revision) {
        return it.publication().equals(new Publication.Publishing(revision, false));
    }

    static Mock evolve(Mock mock, Event event) {
        return switch (event) {
            case Event.Created(String organization, String organizationName, String name) ->
                new Kept(
                        new Identity(organization, organizationName, name),
                        new Revision(0, new Source("", 0, 0)),
                        new Publication.Draft(),
                        Optional.empty());
            case Event.Saved(int revision, Source source) -> saved(kept(mock), new Revision(revision, source));
            case Event.RolledBack(int revision, int _, Source source) ->
                saved(kept(mock), new Revision(revision, source));
            case Event.PublicationRequested(int revision) ->
                kept(mock).with(new Publication.Publishing(revision, false));
            case Event.Compiled(int revision, String artefact, int _) -> {
                Kept it = kept(mock);
                yield new Kept(
                        it.identity(),
                        it.head(),
                        new Publication.Publishing(revision, true),
                        Optional.of(new Live(revision, artefact)));
            }
            case Event.Rejected(int revision, List<Reason> reasons) ->
                kept(mock).with(new Publication.Invalid(revision, reasons));
            case Event.PublicationFailed(int revision, String reason) ->
                kept(mock).with(new Publication.Failed(revision, reason));
            case Event.Published(int revision) -> kept(mock).with(new Publication.Published(revision));
            case Event.WasUnpublished _ -> {
                Kept it = kept(mock);
                yield new Kept(it.identity(), it.head(), new Publication.Unpublished(), Optional.empty());
            }
            case Event.WasRemoved _ -> new Removed();
        };
    }

    /** A newer text is a new beginning after a failure. */
    private static Kept saved(Kept it, Revision head) {
        Publication publication = switch (it.publication()) {
            case Publication.Invalid _, Publication.Failed _ -> it.atRest();
            case Publication.Draft _, Publication.Publishing _, Publication.Published _, Publication.Unpublished _ ->
                it.publication();
        };
        return new Kept(it.identity(), head, publication, it.live());
    }

    private static Kept kept(Mock mock) {
        return switch (mock) {
            case Kept it -> it;
            case Absent _, Removed _ -> throw new IllegalStateException("a mock is created before anything else");
        };
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "mock.absent", "There is no such mock, or it is not yours to see.");
    }

    static Refusal revisionAbsent(int number) {
        return Refusal.of(ABSENT, "revision.absent", "This mock has no revision " + number + ".");
    }

    private static String nameClaim(Identity identity) {
        return identity.organization() + "/" + identity.name();
    }

    private static Optional<Violation> nameViolation(Identity identity) {
        String name = identity.name();
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches() || name.startsWith("xn--")) {
            return Optional.of(new Violation(
                    "name",
                    "name.shape",
                    "Use 1 to " + MAX_NAME + " lower-case letters, digits and dashes, with no dash at either end."));
        }
        int excess = identity.label().length() - MAX_LABEL;
        return excess <= 0
                ? Optional.empty()
                : Optional.of(new Violation(
                        "name",
                        "name.too-long-for-host",
                        "The host would begin with \"" + identity.label() + "\", which is longer than the " + MAX_LABEL
                                + " characters that a host name allows; use at most " + (name.length() - excess)
                                + " characters."));
    }

    private static Optional<Refusal> tooLarge(Source source) {
        return source.bytes() <= Limits.FILE_BYTES
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        TOO_LARGE,
                        "mock.too-large",
                        "The file has " + source.bytes() + " bytes; a mock has at most " + Limits.FILE_BYTES + "."));
    }

    private static Refusal nameTaken(Identity identity) {
        return taken(
                "mock.name-taken",
                "This organization has a mock named \"" + identity.name() + "\" already; choose another name.");
    }

    private static Refusal hostTaken(Identity identity) {
        return taken(
                "mock.host-taken",
                "The host name \"" + identity.label() + "\" belongs to a mock of another organization; choose another"
                        + " name, such as \"" + identity.name() + "-api\".");
    }

    private static Refusal taken(String code, String message) {
        return new Refusal(CONFLICT, code, message, List.of(new Violation("name", code, message)), Map.of());
    }
}
