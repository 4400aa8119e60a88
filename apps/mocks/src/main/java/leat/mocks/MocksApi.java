package leat.mocks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import leat.accounts.api.Organization;
import leat.accounts.api.OrganizationsOf.Membership;
import leat.kernel.Json;
import leat.kernel.Refusal;
import leat.mocks.serving.LoggedRequest;
import leat.mocks.serving.RequestLog;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.ui.Diagnostic;
import leat.web.ui.Diff;

/** The HTTP interface of mocks. */
final class MocksApi {
    /** Bytes of a request that carries a file, which JSON may make longer than it is. */
    static final int MAX_BODY = 5 << 20;

    private static final String MOCK = "/api/mocks/mocks/{id}";

    private final Mocks mocks;
    private final MockEvents events;

    MocksApi(Mocks mocks) {
        this.mocks = mocks;
        this.events = new MockEvents(mocks);
    }

    List<Route> table() {
        Access viewer = Access.member(Role.VIEWER, mocks::organizationOf);
        Access editor = Access.member(Role.EDITOR, mocks::organizationOf);
        return List.of(
                Route.get("/api/mocks/mocks", Access.signedIn(), this::list)
                        .summary("List the mocks of the caller's organizations, by organization and name.")
                        .query("organization", "Only those of this organization, by its name or id.")
                        .query("q", "Only those with this in their names.")
                        .answersPageOf(Shown.class)
                        .refuses("organization.absent"),
                Route.post("/api/mocks/mocks", Access.signedIn(), this::create)
                        .summary("Create a mock with its first revision, as a draft.")
                        .query("organization", "For a body that is the file itself, as text/yaml: whose it is.")
                        .query("name", "For a body that is the file itself: its name.")
                        .takes(Draft.class)
                        .bodyUpTo(MAX_BODY)
                        .answers(201, Shown.class)
                        .refuses(
                                "organization.absent",
                                "mock.invalid",
                                "mock.name-taken",
                                "mock.host-taken",
                                "mock.too-many",
                                "mock.too-large"),
                Route.post("/api/mocks/diagnostics", Access.signedIn(), this::diagnose)
                        .summary("Check a file, sent as text/plain or text/yaml, without keeping it.")
                        .bodyUpTo(MAX_BODY)
                        .answers("application/json"),
                Route.get(MOCK, viewer, this::get)
                        .summary("Read a mock.")
                        .answers(Shown.class)
                        .refuses("mock.absent"),
                Route.delete(MOCK, editor, this::remove)
                        .summary("Remove a mock for good; its names are free again.")
                        .answers(204)
                        .refuses("mock.absent"),
                Route.get(MOCK + "/source", viewer, this::source)
                        .summary("Read the newest text.")
                        .answers("text/yaml")
                        .refuses("mock.absent"),
                Route.put(MOCK + "/source", editor, this::save)
                        .summary("Save a text as the newest revision, even one with errors, and have it checked.")
                        .query("publish", "true publishes it as well, when it has no errors.")
                        .takes(Text.class)
                        .bodyUpTo(MAX_BODY)
                        .answers(Saved.class)
                        .refuses("mock.absent", "mock.too-large"),
                Route.get(MOCK + "/publication", viewer, this::publication)
                        .summary("Say how publication stands, and what is live.")
                        .answers(Publication.class)
                        .refuses("mock.absent"),
                Route.put(MOCK + "/publication", editor, this::publish)
                        .summary("Publish the newest or a named revision; 202 when it takes longer than a second.")
                        .takes(Publishing.class)
                        .answers(Publication.class)
                        .refuses("mock.absent", "revision.absent"),
                Route.delete(MOCK + "/publication", editor, this::unpublish)
                        .summary("Take the mock offline, at once.")
                        .answers(Publication.class)
                        .refuses("mock.absent"),
                Route.get(MOCK + "/revisions", viewer, this::revisions)
                        .summary("List revisions, the newest first.")
                        .answersPageOf(Revision.class)
                        .refuses("mock.absent"),
                Route.post(MOCK + "/revisions", editor, this::rollBack)
                        .summary("Make an old revision the newest one and publish it.")
                        .takes(Restoring.class)
                        .answers(201, Publication.class)
                        .refuses("mock.absent", "revision.absent"),
                Route.get(MOCK + "/revisions/{number}", viewer, this::revision)
                        .summary("Read one revision with its text.")
                        .answers(RevisionText.class)
                        .refuses("mock.absent", "revision.absent"),
                Route.get(MOCK + "/revisions/{number}/diff", viewer, this::diff)
                        .summary("Compare a revision with another one, line by line.")
                        .query("with", "The older one; usually the one before.")
                        .answers(Difference.class)
                        .refuses("mock.absent", "revision.absent"),
                Route.get(MOCK + "/requests", viewer, this::requests)
                        .summary(
                                "List the last requests that all nodes have answered, as this one heard of them: the oldest first.")
                        .query("after", "Only those behind this number; numbers are this node's own.")
                        .answers(Requests.class)
                        .refuses("mock.absent"),
                Route.delete(MOCK + "/requests", editor, this::forgetRequests)
                        .summary("Forget the last requests.")
                        .answers(204)
                        .refuses("mock.absent"),
                Route.get(MOCK + "/requests/events", viewer, events::requests)
                        .summary("Follow requests as they come: events \"request\".")
                        .answers("text/event-stream")
                        .refuses("mock.absent"),
                Route.get(MOCK + "/requests/{number}", viewer, this::request)
                        .summary("Read one of the last requests, by its id on any node, or by its number on this one.")
                        .answers(LoggedRequest.class)
                        .refuses("mock.absent", "request.absent"),
                Route.get(MOCK + "/events", viewer, events::all)
                        .summary("Follow the mock: events \"publication\" as it changes, and \"request\" as they come.")
                        .answers("text/event-stream")
                        .refuses("mock.absent"));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /** @param organization id or name */
    record Draft(String organization, String name, String source) {}

    record Text(String source) {}

    /** Empty members mean the newest revision, once. */
    record Publishing(Optional<Integer> revision, Optional<Boolean> again) {}

    /** @param restores the number of an older revision */
    record Restoring(int restores) {}

    /**
     * @param status draft, invalid, publishing, failed, published or unpublished
     * @param live the revision that answers requests
     */
    record Shown(
            String id,
            String organization,
            String organizationName,
            String name,
            String status,
            int head,
            Optional<Integer> live,
            Addresses addresses,
            long version) {}

    record Saved(int revision, List<Diagnostic> diagnostics, Publication publication) {}

    /**
     * @param status as in {@link Shown}
     * @param revision the one that the status speaks of; empty for draft and unpublished
     * @param reasons why it is invalid
     * @param failure why it failed
     */
    record Publication(
            String status,
            Optional<Integer> revision,
            Optional<Integer> live,
            List<Mock.Reason> reasons,
            Optional<String> failure,
            Addresses addresses) {}

    /** @param restores the older revision whose text it has */
    record Revision(
            int number,
            Instant at,
            String by,
            long bytes,
            int lines,
            Optional<Integer> restores,
            Optional<Instant> liveAt) {}

    record RevisionText(Revision revision, String source) {}

    record Difference(int number, int with, int added, int removed, List<Diff.Line> lines) {}

    /** @param size how many are remembered at most */
    record Requests(List<LoggedRequest> items, RequestLog.Counts counts, int size) {}

    // --- mocks ---------------------------------------------------------------------------------------------------

    Response list(Request request) {
        Paging paging = Paging.of(request);
        List<Membership> memberships = mocks.organizations().of(request.person());
        Optional<String> only = request.query("organization");
        List<Membership> wanted = only.isEmpty()
                ? memberships
                : memberships.stream().filter(it -> isNamed(it, only.get())).toList();
        if (only.isPresent() && wanted.isEmpty()) {
            throw organizationAbsent().asException();
        }
        Page<MockList.Item> page = mocks.list(
                wanted.stream().map(Membership::organization).toList(),
                request.query("q").orElse(""),
                paging);
        return Response.page(
                request,
                new Page<>(page.items().stream().map(it -> shown(request, it)).toList(), page.next()));
    }

    Response create(Request request) {
        boolean raw = isText(request);
        Draft draft = raw
                ? new Draft(
                        request.query("organization").orElse(""),
                        request.query("name").orElse(""),
                        "")
                : request.json(Draft.class);
        Organization organization = editable(request, draft.organization());
        byte[] source = raw ? request.body() : utf8(draft.source());
        Mocks.Found mock = mocks.create(request, organization, draft.name(), source);
        return Response.created("/api/mocks/mocks/" + mock.id(), shown(request, mock))
                .etag(mock.version());
    }

    /** The organization, when the caller may create mocks in it. */
    private Organization editable(Request request, String idOrName) {
        Membership membership = mocks.organizations().of(request.person()).stream()
                .filter(it -> isNamed(it, idOrName))
                .findFirst()
                .orElseThrow(() -> organizationAbsent().asException());
        if (!membership.role().includes(Role.EDITOR)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "forbidden", "This needs the role editor; yours is viewer.")
                    .asException();
        }
        return membership.organization();
    }

    private static boolean isNamed(Membership membership, String idOrName) {
        return membership.organization().id().equals(idOrName)
                || membership.organization().name().equals(idOrName);
    }

    private static Refusal organizationAbsent() {
        return Refusal.of(
                Refusal.Kind.ABSENT, "organization.absent", "There is no such organization, or you are not a member.");
    }

    Response diagnose(Request request) {
        return Response.ok(Mocks.diagnose(
                isText(request) ? request.body() : utf8(request.json(Text.class).source())));
    }

    Response get(Request request) {
        Mocks.Found mock = found(request);
        return Response.ok(shown(request, mock)).etag(mock.version());
    }

    Response remove(Request request) {
        mocks.remove(request, found(request).id(), request.ifMatch());
        return Response.noContent();
    }

    Response source(Request request) {
        Mocks.Found mock = found(request);
        return Response.text(
                        "text/yaml; charset=utf-8",
                        mocks.sources().text(mock.mock().head().source()))
                .etag(mock.version());
    }

    Response save(Request request) {
        byte[] source =
                isText(request) ? request.body() : utf8(request.json(Text.class).source());
        Mocks.Found mock = mocks.save(request, found(request).id(), request.ifMatch(), source);
        List<Diagnostic> diagnostics = Mocks.diagnose(source);
        boolean clean = diagnostics.stream().noneMatch(it -> it.severity().equals("error"));
        if (clean && request.query("publish").filter("true"::equals).isPresent()) {
            mock = mocks.publish(request, mock.id(), Optional.empty(), false);
        }
        return Response.ok(new Saved(mock.mock().head().number(), diagnostics, publication(request, mock)))
                .etag(mock.version());
    }

    // --- publication ---------------------------------------------------------------------------------------------

    Response publication(Request request) {
        return answered(request, found(request), 200);
    }

    Response publish(Request request) {
        Publishing wish = request.body().length == 0
                ? new Publishing(Optional.empty(), Optional.empty())
                : request.json(Publishing.class);
        Mocks.Found mock = mocks.publish(
                request, found(request).id(), wish.revision(), wish.again().orElse(false));
        return answered(request, mock, isUnderWay(mock) ? 202 : 200);
    }

    Response unpublish(Request request) {
        return answered(request, mocks.unpublish(request, found(request).id()), 200);
    }

    private static boolean isUnderWay(Mocks.Found mock) {
        return mock.mock().publication() instanceof Mock.Publication.Publishing;
    }

    private Response answered(Request request, Mocks.Found mock, int status) {
        return Response.json(status, publication(request, mock)).etag(mock.version());
    }

    private Publication publication(Request request, Mocks.Found mock) {
        return publication(mock.mock(), addresses(request, mock));
    }

    static Publication publication(Mock.Kept mock, Addresses addresses) {
        Optional<Integer> live = mock.live().map(Mock.Live::revision);
        Function<Optional<Integer>, Publication> plain =
                revision -> new Publication(status(mock), revision, live, List.of(), Optional.empty(), addresses);
        return switch (mock.publication()) {
            case Mock.Publication.Draft _, Mock.Publication.Unpublished _ -> plain.apply(Optional.empty());
            case Mock.Publication.Publishing(int revision, boolean _) -> plain.apply(Optional.of(revision));
            case Mock.Publication.Published(int revision) -> plain.apply(Optional.of(revision));
            case Mock.Publication.Invalid(int revision, List<Mock.Reason> reasons) ->
                new Publication("invalid", Optional.of(revision), live, reasons, Optional.empty(), addresses);
            case Mock.Publication.Failed(int revision, String reason) ->
                new Publication("failed", Optional.of(revision), live, List.of(), Optional.of(reason), addresses);
        };
    }

    static String status(Mock.Kept mock) {
        return mock.publication().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    // --- revisions -----------------------------------------------------------------------------------------------

    Response revisions(Request request) {
        Paging paging = Paging.of(request);
        String id = found(request).id();
        int before = paging.after().map(MocksApi::number).orElse(Integer.MAX_VALUE);
        List<Revisions.Item> found = mocks.revisions().read(sql -> Revisions.of(sql, id, before, paging.limit() + 1));
        Page<Revisions.Item> page =
                Page.of(found, paging, it -> Integer.toString(it.revision().number()));
        return Response.page(
                request,
                new Page<>(page.items().stream().map(MocksApi::revision).toList(), page.next()));
    }

    Response rollBack(Request request) {
        Mocks.Found mock = mocks.rollBack(
                request, found(request).id(), request.json(Restoring.class).restores());
        return Response.created(
                        "/api/mocks/mocks/" + mock.id() + "/revisions/"
                                + mock.mock().head().number(),
                        publication(request, mock))
                .etag(mock.version());
    }

    Response revision(Request request) {
        Revisions.Item item = mocks.revision(found(request), number(request.parameter("number")));
        return Response.ok(new RevisionText(
                revision(item), mocks.sources().text(item.revision().source())));
    }

    Response diff(Request request) {
        Mocks.Found mock = found(request);
        int number = number(request.parameter("number"));
        int with = request.query("with").map(MocksApi::number).orElse(number - 1);
        String now =
                mocks.sources().text(mocks.revision(mock, number).revision().source());
        String before = with == 0
                ? ""
                : mocks.sources().text(mocks.revision(mock, with).revision().source());
        Diff diff = Diff.of(before, now);
        return Response.ok(new Difference(number, with, diff.added(), diff.removed(), diff.lines()));
    }

    private static Revision revision(Revisions.Item item) {
        return new Revision(
                item.revision().number(),
                item.at(),
                item.by(),
                item.revision().source().bytes(),
                item.revision().source().lines(),
                item.restores(),
                item.liveAt());
    }

    // --- requests ------------------------------------------------------------------------------------------------

    Response requests(Request request) {
        RequestLog log = mocks.requests(found(request).id());
        long after = request.query("after").map(MocksApi::longNumber).orElse(0L);
        return Response.ok(new Requests(log.after(after), log.counts(), RequestLog.SIZE));
    }

    Response request(Request request) {
        return Response.ok(mocks.request(found(request).id(), request.parameter("number"))
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.ABSENT,
                                "request.absent",
                                "This request is not remembered; only the last " + RequestLog.SIZE + " are.")
                        .asException()));
    }

    Response forgetRequests(Request request) {
        mocks.forgetRequests(found(request).id());
        return Response.noContent();
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private Mocks.Found found(Request request) {
        return mocks.find(request.parameter("id"));
    }

    private Addresses addresses(Request request, Mocks.Found mock) {
        return Addresses.of(request, mocks.baseHost(), mock.mock().identity());
    }

    private Shown shown(Request request, Mocks.Found mock) {
        Mock.Identity identity = mock.mock().identity();
        return new Shown(
                mock.id(),
                identity.organization(),
                identity.organizationName(),
                identity.name(),
                status(mock.mock()),
                mock.mock().head().number(),
                mock.mock().live().map(Mock.Live::revision),
                addresses(request, mock),
                mock.version());
    }

    private Shown shown(Request request, MockList.Item item) {
        return new Shown(
                item.id(),
                item.identity().organization(),
                item.identity().organizationName(),
                item.identity().name(),
                item.status(),
                item.head(),
                item.live().map(Mock.Live::revision),
                Addresses.of(request, mocks.baseHost(), item.identity()),
                item.version());
    }

    private static boolean isText(Request request) {
        String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("text/") || type.startsWith("application/yaml");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }

    private static long longNumber(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? Long.parseLong(text) : 0;
    }

    /** As events carry it. */
    static String json(Object value) {
        return Json.text(value);
    }
}
