package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.util.List;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Form;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.Ui;

/** The pages of what comes in and goes out: a file to send, how far it is and what it left out, and the export. */
final class ImportPages {
    static final String IMPORTS = "/notes/imports";

    private static final String IMPORT = IMPORTS + "/{import}";

    private final Notes notes;
    private final Imports imports;
    private final Exporting exporting;
    private final Pages pages;

    ImportPages(Notes notes, Imports imports, Exporting exporting, Pages pages) {
        this.notes = notes;
        this.imports = imports;
        this.exporting = exporting;
        this.pages = pages;
    }

    List<Route> table() {
        return List.of(
                Route.get(IMPORTS, Access.signedIn(), request -> all(request, FormState.empty(), 200)),
                Route.post(IMPORTS, Access.signedIn(), this::begin)
                        .bodyUpTo(NotesSettings.LARGEST_FILE_BYTES + Attachments.AROUND_BYTES),
                Route.get(IMPORT, Access.signedIn(), this::one),
                Route.get(IMPORT + "/events", Access.signedIn(), this::follow),
                Route.put(IMPORT + "/run", Access.signedIn(), this::take),
                Route.delete(IMPORT, Access.signedIn(), this::cancel),
                Route.get("/notes/export", Access.signedIn(), this::export));
    }

    private Response all(Request request, FormState state, int status) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return NotesPages.nowhere(pages, request);
        }
        var page = new ImportsPage(
                scope.get(),
                imports.of(request, scope.get().id()),
                Labels.bytes(Math.min(
                        NotesSettings.LARGEST_FILE_BYTES,
                        imports.attachments().settings().importBytes())),
                Labels.bytes(imports.attachments().settings().importBytes()),
                NotebookTree.of(notes.notebooks().in(request, scope.get().id())),
                state);
        return pages.page(
                        request,
                        "Import and export",
                        ui -> content(out -> JtenoteImportsGenerated.render(out, PLAIN, ui, page)))
                .status(status);
    }

    /** Sends what cannot be begun back to the form, with why. */
    Response begin(Request request) {
        try {
            String organization = notes.organizations().of(request, Role.EDITOR).id();
            Form.Upload file = request.form().files("file").stream()
                    .filter(it -> it.bytes().length > 0)
                    .findFirst()
                    .orElseThrow(
                            () -> Refusal.of(Refusal.Kind.INVALID, "import.empty", "Choose a file that is not empty.")
                                    .asException());
            Imports.Found begun = imports.beginWith(request, organization, file.fileName(), file.bytes());
            return Response.redirect(IMPORTS + "/" + begun.id());
        } catch (RefusedException e) {
            return all(request, FormState.empty().refused(e.refusal()), 422);
        }
    }

    Response one(Request request) {
        Imports.Found found = found(request);
        Scope scope =
                Scope.of(request, notes.organizations(), found.it().owner().organization());
        return pages.page(
                request,
                "Import of " + found.it().name(),
                ui -> content(out -> JtenoteImportGenerated.render(out, PLAIN, ui, scope, found)));
    }

    Response follow(Request request) {
        Imports.Found first = found(request);
        Scope scope =
                Scope.of(request, notes.organizations(), first.it().owner().organization());
        Ui ui = pages.ui(request);
        return Response.events(sink -> imports.follow(request, first.id(), sink, now -> {
            sink.send(
                    "",
                    "import",
                    PageTemplate.text(content(out -> JtenoteImportShownGenerated.render(out, PLAIN, ui, scope, now))));
            if (now.it().stage() != Import.Stage.RUNNING) {
                sink.send("", "end", "stands still");
                sink.close();
            }
        }));
    }

    Response take(Request request) {
        Imports.Found found = imports.run(request, found(request), false);
        return Response.redirect(IMPORTS + "/" + found.id());
    }

    Response cancel(Request request) {
        Imports.Found found = imports.cancel(request, found(request));
        return Response.redirect(IMPORTS + "/" + found.id());
    }

    private Imports.Found found(Request request) {
        return imports.find(request, request.parameter("import"));
    }

    Response export(Request request) {
        return exporting.zip(
                request, notes.organizations().of(request, Role.VIEWER).id(), ImportsApi.filter(request));
    }
}
