package leat.platform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.OpenApi;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.Pages;

/** The API for readers: {@code /api} lists every route, {@code /problems/{code}} explains a refusal. */
final class ReferencePages {
    /** What any route may answer, beside the refusals of its own. */
    private static final Map<String, String> SHARED = Map.ofEntries(
            Map.entry(
                    "sign-in.required",
                    "Nobody is signed in, or the session or token is not good any more. Sign in, or send another token."),
            Map.entry("forbidden", "You are known, but your role does not allow this."),
            Map.entry(
                    "token.scope",
                    "The token is good, but its scopes do not cover this. Make one with the scope that the detail names."),
            Map.entry(
                    "resource.absent",
                    "There is no such thing, or you may not know that there is. Both look alike on purpose."),
            Map.entry(
                    "request.malformed",
                    "The request could not be understood. The detail says where; sending it again will not help."),
            Map.entry("request.media-type", "The body's content type is not what this route reads."),
            Map.entry("request.too-large", "The body is larger than this route allows."),
            Map.entry("request.too-slow", "The body did not arrive in time. Send it again over a better connection."),
            Map.entry("request.target-too-long", "The address is longer than the server reads."),
            Map.entry("request.headers-too-large", "The header fields together are larger than the server reads."),
            Map.entry(
                    "method.not-allowed",
                    "There is such a thing, but not this method. The Allow header lists those that it has."),
            Map.entry("csrf.token", "The form was not sent from a current page of yours. Load the page again."),
            Map.entry(
                    "csrf.cross-site", "The request came from a page of another site and was refused to protect you."),
            Map.entry(
                    "rate.exhausted", "Too many requests of this kind. The Retry-After header says when to come back."),
            Map.entry("streams.exhausted", "Too many open streams of events. Close some."),
            Map.entry("asset.absent", "There is no such file. Load the page again: a new release has other addresses."),
            Map.entry(
                    "overloaded",
                    "The server is busy and refuses early rather than late. The Retry-After header says when to come back."),
            Map.entry(
                    "store.unavailable",
                    "Where Leat keeps everything cannot be used, such as a full disk or a database that is away. Send the"
                            + " request again, with the same Idempotency-Key, when Retry-After says."),
            Map.entry("fault", "A fault of ours. The log has it under the request's id."));

    private final OpenApi api;
    private final List<Route> routes;
    private final Pages pages;

    ReferencePages(OpenApi api, List<Route> routes, Pages pages) {
        this.api = api;
        this.routes = routes;
        this.pages = pages;
    }

    List<Route> table() {
        return List.of(
                Route.get("/api", Access.anyone(), this::reference),
                Route.get("/problems/{code}", Access.anyone(), this::problem));
    }

    Response reference(Request request) {
        String wanted = request.query("q").orElse("").strip();
        List<OpenApi.Section> sections = api.sections().stream()
                .map(section -> new OpenApi.Section(
                        section.module(),
                        section.operations().stream()
                                .filter(operation -> matches(operation, wanted))
                                .toList()))
                .filter(section -> !section.operations().isEmpty())
                .toList();
        return pages.page(request, "API", ui -> Templates.reference(ui, wanted, sections));
    }

    private static boolean matches(OpenApi.Operation operation, String wanted) {
        String all = (operation.method() + " " + operation.path() + " " + operation.summary() + " "
                        + String.join(" ", operation.refusals()))
                .toLowerCase(Locale.ROOT);
        return List.of(wanted.toLowerCase(Locale.ROOT).split("\\s+", -1)).stream()
                .allMatch(all::contains);
    }

    Response problem(Request request) {
        String code = request.parameter("code");
        Optional<String> explained = Optional.ofNullable(SHARED.get(code));
        List<Route> refusing =
                routes.stream().filter(route -> route.refuses().contains(code)).toList();
        if (explained.isEmpty() && refusing.isEmpty()) {
            throw Refusal.of(Refusal.Kind.ABSENT, "resource.absent", "There is no problem of this code.")
                    .asException();
        }
        return pages.page(request, code, ui -> Templates.problemCode(code, explained.orElse(""), refusing));
    }
}
