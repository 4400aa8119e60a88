package leat.mocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import leat.accounts.api.Organization;
import leat.kernel.Announcements;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.mocks.definition.MockDefinition;
import leat.mocks.serving.LoggedRequest;
import leat.mocks.serving.RequestLog;
import leat.mocks.serving.Serving;
import leat.mocks.serving.TemplateBodies;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Sender;
import leat.web.ui.Diagnostic;

/** What the edges of this module ask and do: each method is one thing that a person can want of mocks. */
record Mocks(
        Entities<Mock.Command, Mock.Event, Mock> entities,
        Reader list,
        Reader revisions,
        Sources sources,
        Organizations organizations,
        Serving serving,
        RequestExchange exchange,
        Publications publications,
        Compiler compiler,
        Announcements announcements,
        String baseHost,
        Duration outcome,
        Sender sender) {
    /** A mock as it stands, with its version. */
    record Found(String id, Mock.Kept mock, long version) {}

    // --- asking --------------------------------------------------------------------------------------------------

    /** The organization of the mock that the path names; empty when there is no such mock. */
    Optional<String> organizationOf(Request request) {
        String id = request.parameter("id");
        return Ids.isId(id) && entities.get(id).state() instanceof Mock.Kept kept
                ? Optional.of(kept.identity().organization())
                : Optional.empty();
    }

    /** The mocks of some organizations, these in the order of their names, each one's mocks likewise. */
    Page<MockList.Item> list(List<Organization> of, String part, Paging paging) {
        String[] after = paging.after().orElse("/").split("/", 2);
        var found = new ArrayList<MockList.Item>();
        for (Organization organization : of) {
            int order = organization.name().compareTo(after[0]);
            int more = paging.limit() + 1 - found.size();
            if (order >= 0 && more > 0) {
                String afterName = order == 0 && after.length > 1 ? after[1] : "";
                found.addAll(list.read(sql -> MockList.of(sql, organization.id(), part, afterName, more)));
            }
        }
        return Page.of(found, paging, it -> it.identity().path());
    }

    /** @throws leat.kernel.RefusedException with {@code mock.absent} */
    Found find(String id) {
        return found(entities.get(id));
    }

    private static Found found(Answer<Mock> answer) {
        if (answer.state() instanceof Mock.Kept kept) {
            return new Found(answer.id(), kept, answer.version());
        }
        throw Mock.absent().asException();
    }

    /** @throws leat.kernel.RefusedException with {@code revision.absent} */
    Revisions.Item revision(Found mock, int number) {
        return revisions
                .read(sql -> Revisions.find(sql, mock.id(), number))
                .orElseThrow(() -> Mock.revisionAbsent(number).asException());
    }

    /** The requests to a mock as this node knows them. */
    RequestLog log(String id) {
        return serving.log(id);
    }

    /** The same, once the other nodes were asked for theirs. */
    RequestLog requests(String id) {
        return exchange.look(id);
    }

    /** One request, wherever it was answered; by its id, or its number on this node. */
    Optional<LoggedRequest> request(String id, String request) {
        return log(id).find(request).or(() -> requests(id).find(request));
    }

    /** The id of an event that tells of a request, by which a stream goes on behind it. */
    String mark(String id, LoggedRequest request) {
        return new MockEvents.Mark(log(id).name(), request.number(), request.at()).toString();
    }

    void forgetRequests(String id) {
        exchange.clear(id);
    }

    /** Everything that can be said about a text, with places that count from 1. */
    static List<Diagnostic> diagnose(byte[] utf8) {
        return MockDefinition.parse(utf8, TemplateBodies.LIVE).diagnostics().stream()
                .map(it -> new Diagnostic(
                        it.severity().name().toLowerCase(Locale.ROOT),
                        it.code(),
                        it.message(),
                        it.advice(),
                        it.line(),
                        it.column(),
                        it.endLine(),
                        it.endColumn()))
                .toList();
    }

    // --- doing ---------------------------------------------------------------------------------------------------

    /**
     * Makes a mock; concurrent requests may together pass the limit by as many as there are.
     *
     * @throws leat.kernel.RefusedException with {@code mock.too-many} beyond {@link MockList#MAX_PER_ORGANIZATION}
     */
    Found create(Request request, Organization organization, String name, byte[] source) {
        Envelope envelope = sender.envelope(request);
        String id = sender.idFor(request, envelope);
        // One that is there already is answered as it was, also when it was the last that there was room for.
        if (entities.get(id).state() instanceof Mock.Absent) {
            refuseMore(organization);
        }
        return shown(entities.tell(
                id,
                new Mock.Command.Create(organization.id(), organization.name(), name, sources.store(source)),
                envelope));
    }

    private void refuseMore(Organization organization) {
        if (list.read(sql -> MockList.count(sql, organization.id())) >= MockList.MAX_PER_ORGANIZATION) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "mock.too-many",
                            "An organization has at most " + MockList.MAX_PER_ORGANIZATION
                                    + " mocks; remove one that is no longer needed.")
                    .asException();
        }
    }

    /** Saves at the version that the caller has seen, when they say which. */
    Found save(Request request, String id, Optional<Long> version, byte[] source) {
        var command = new Mock.Command.Save(sources.store(source));
        Envelope envelope = sender.envelope(request);
        return shown(
                version.isPresent()
                        ? entities.tell(id, version.get(), command, envelope)
                        : entities.tell(id, command, envelope));
    }

    /**
     * Saves upon the revision that the author began with, whatever else has happened to the mock.
     *
     * @throws leat.kernel.RefusedException with {@code revision.stale} when somebody has saved another one since
     */
    Found saveUpon(Request request, String id, int revision, byte[] source) {
        while (true) {
            Found mock = find(id);
            if (mock.mock().head().number() != revision) {
                throw Refusal.of(
                                Refusal.Kind.STALE,
                                "revision.stale",
                                "Revision " + mock.mock().head().number()
                                        + " was saved while you were writing; copy your text, load the page again, and"
                                        + " put the two together.")
                        .asException();
            }
            try {
                return save(request, id, Optional.of(mock.version()), source);
            } catch (RefusedException e) {
                if (e.refusal().kind() != Refusal.Kind.STALE) {
                    throw e;
                }
            }
        }
    }

    /** Asks for publication and waits a moment for what comes of it, for that is usually quick. */
    Found publish(Request request, String id, Optional<Integer> revision, boolean again) {
        Found mock = find(id);
        Mock.Revision wanted = revision.filter(
                        number -> number != mock.mock().head().number())
                .map(number -> revision(mock, number).revision())
                .orElse(mock.mock().head());
        return publish(
                id,
                wanted.source(),
                new Mock.Command.RequestPublication(id, wanted, again, Compiler.HEAD_START),
                sender.secondEnvelope(request));
    }

    /** Makes an old revision the newest, publishes it, and waits a moment for what comes of it. */
    Found rollBack(Request request, String id, int to) {
        Mock.Revision revision = revision(find(id), to).revision();
        return publish(
                id,
                revision.source(),
                new Mock.Command.RollBack(id, revision, Compiler.HEAD_START),
                sender.envelope(request));
    }

    /** Compiles while the wish becomes durable; when this process dies of it, the task that came with the wish goes on. */
    Found publish(String id, Mock.Source source, Mock.Command wish, Envelope envelope) {
        CompletableFuture<Compiler.Outcome> compiling = compiler.begin(source.hash());
        Answer<Mock> answer = entities.tell(id, wish, envelope);
        if (answer.state() instanceof Mock.Kept kept
                && kept.publication() instanceof Mock.Publication.Publishing(int revision, boolean compiled)
                && !compiled) {
            return outcome(id, compiler.finish(id, revision, compiling, envelope));
        }
        return outcome(id, CompletableFuture.completedFuture(null));
    }

    /** When this returns, nothing answers here any more. */
    Found unpublish(Request request, String id) {
        Answer<Mock> answer = entities.tell(id, new Mock.Command.Unpublish(), sender.envelope(request));
        refresh(id);
        return shown(answer);
    }

    /** When this returns, nothing answers here any more and its names are free. */
    void remove(Request request, String id, Optional<Long> version) {
        var command = new Mock.Command.Remove();
        Answer<Mock> answer = version.isPresent()
                ? entities.tell(id, version.get(), command, sender.envelope(request))
                : entities.tell(id, command, sender.envelope(request));
        refresh(id);
        list.await(answer.position(), Reader.PATIENCE);
    }

    private void refresh(String id) {
        try {
            publications.refresh(id, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Found outcome(String id, CompletableFuture<?> finished) {
        var changed = new Semaphore(0);
        var _ = finished.whenComplete((done, failed) -> changed.release());
        try (var _ = announcements.listen(MockList.TOPIC + id, any -> changed.release())) {
            long end = System.nanoTime() + outcome.toNanos();
            Answer<Mock> answer = entities.get(id);
            while (answer.state() instanceof Mock.Kept kept
                    && kept.publication() instanceof Mock.Publication.Publishing
                    && changed.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                answer = entities.get(id);
            }
            return shown(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return find(id);
        }
    }

    /** Waits until lists show it, so that people see what they just did. */
    private Found shown(Answer<Mock> answer) {
        list.await(answer.position(), Reader.PATIENCE);
        revisions.await(answer.position(), Reader.PATIENCE);
        return found(answer);
    }
}
