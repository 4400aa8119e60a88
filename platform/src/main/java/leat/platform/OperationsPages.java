package leat.platform;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import leat.web.Access;
import leat.web.Handler;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.Sse;
import leat.web.ui.Icon;
import leat.web.ui.Pages;
import leat.web.ui.Place;
import leat.web.ui.Ui;

/** Operations for people: one page that keeps itself current, with a button for each thing that one can do. */
final class OperationsPages {
    static final Place PLACE = new Place("Operations", "/operations", Icon.OPERATIONS, 90).shortcut("g o").forOwners();

    private final Operations operations;
    private final OperationsApi api;
    private final Pages pages;

    OperationsPages(OperationsApi api, Operations operations, Pages pages) {
        this.api = api;
        this.operations = operations;
        this.pages = pages;
    }

    List<Route> table() {
        String parkedOfView = "/operations/views/{view}/parked/{key}";
        String parkedOfProcess = "/operations/processes/{process}/parked/{partition}/{key}";
        return List.of(
                Route.get("/operations", Access.owner(), this::show),
                Route.get("/operations/events", Access.owner(), this::events),
                changing("PUT", "/operations/tasks/{id}/resumption", api::resumeTask),
                changing("DELETE", "/operations/tasks/{id}", api::dropTask),
                changing("PUT", "/operations/views/{view}/rebuild", api::rebuild),
                changing("PUT", parkedOfView + "/resumption", request -> api.resumeView(request, false)),
                changing("PUT", parkedOfView + "/skip", request -> api.resumeView(request, true)),
                changing("PUT", parkedOfProcess + "/resumption", request -> api.resumeProcess(request, false)),
                changing("PUT", parkedOfProcess + "/skip", request -> api.resumeProcess(request, true)));
    }

    /** A button's form: it does what the API does, and comes back to the page. */
    private static Route changing(String method, String path, Handler handler) {
        return Route.of(method, path, Access.owner(), request -> {
            handler.handle(request);
            return Response.redirect("/operations");
        });
    }

    Response show(Request request) {
        Ui ui = pages.ui(request);
        Operations.Picture picture = operations.picture();
        Content now = out -> JteoperationsNowGenerated.render(html(out), null, ui, picture);
        return pages.page(
                request, "Operations", out -> JteoperationsGenerated.render(html(out), null, ui, picture, now));
    }

    Response events(Request request) {
        Ui ui = pages.ui(request);
        return Response.events(sink -> {
            Runnable leave = operations.watch(picture -> send(sink, ui, picture));
            sink.onClose(leave);
        });
    }

    private static void send(Sse.Sink sink, Ui ui, Operations.Picture picture) {
        var text = new StringOutput();
        JteoperationsNowGenerated.render(new OwaspHtmlTemplateOutput(text), null, ui, picture);
        sink.send("", "now", text.toString());
    }

    private static HtmlTemplateOutput html(TemplateOutput out) {
        return out instanceof HtmlTemplateOutput html ? html : new OwaspHtmlTemplateOutput(out);
    }

    /** Where a parked key's buttons post to. */
    static String address(Operations.ParkedKey key, String what) {
        return key.view()
                ? "/operations/views/" + segment(key.follower()) + "/parked/" + segment(key.key()) + "/" + what
                : "/operations/processes/" + segment(key.follower()) + "/parked/" + segment(key.partition()) + "/"
                        + segment(key.key()) + "/" + what;
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
