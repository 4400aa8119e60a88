package leat.web.ui;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import leat.kernel.Json;
import leat.web.ui.generated.JteactionGenerated;
import leat.web.ui.generated.JtebadgeGenerated;
import leat.web.ui.generated.JtebodyGenerated;
import leat.web.ui.generated.JtebreadcrumbsGenerated;
import leat.web.ui.generated.JtecodeGenerated;
import leat.web.ui.generated.JtecopyGenerated;
import leat.web.ui.generated.JtecsrfGenerated;
import leat.web.ui.generated.JtediagnosticsGenerated;
import leat.web.ui.generated.JtediffGenerated;
import leat.web.ui.generated.JteeditorGenerated;
import leat.web.ui.generated.JteemptyStateGenerated;
import leat.web.ui.generated.JtefieldGenerated;
import leat.web.ui.generated.JteformErrorsGenerated;
import leat.web.ui.generated.JteiconGenerated;
import leat.web.ui.generated.JteliveStateGenerated;
import leat.web.ui.generated.JtelogLineGenerated;
import leat.web.ui.generated.JtenoticeGenerated;
import leat.web.ui.generated.JtepaginationGenerated;
import leat.web.ui.generated.JtepillGenerated;
import leat.web.ui.generated.JteproblemGenerated;
import leat.web.ui.generated.JtesecretGenerated;
import leat.web.ui.generated.JteskeletonGenerated;
import leat.web.ui.generated.JtesparklineGenerated;
import leat.web.ui.generated.JtestatGenerated;
import leat.web.ui.generated.JtestepsGenerated;
import leat.web.ui.generated.JtetabsGenerated;
import leat.web.ui.generated.JtetimeGenerated;

/**
 * The parts that pages are made of, for one request: it knows where assets live and the caller's CSRF token, and nothing
 * else. Templates take it as their first parameter.
 *
 * <p>Every text given is plain text and is escaped; only {@link Content} is markup.
 *
 * @param assets from an asset's name to its URL, such as {@code app.css} to {@code /assets/app.1f3c.css}
 * @param csrfToken goes into every form and every htmx request; empty when there is no session
 */
public record Ui(UnaryOperator<String> assets, String csrfToken) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    public String asset(String name) {
        return assets.apply(name);
    }

    /** A picture that says nothing by itself: give its neighbour the words. */
    public Content icon(Icon icon) {
        return template(out -> JteiconGenerated.render(out, null, this, icon.symbol(), "icon"));
    }

    /** The product's mark, in the colour of the text around it. */
    public Content mark() {
        return template(out -> JteiconGenerated.render(out, null, this, "mark", "mark"));
    }

    public Content pill(Status status) {
        return template(out -> JtepillGenerated.render(out, null, status));
    }

    public Content badge(Tone tone, String label) {
        return template(out -> JtebadgeGenerated.render(out, null, tone, label));
    }

    /** The hidden field that every form with a changing method needs. */
    public Content csrf() {
        return template(out -> JtecsrfGenerated.render(out, null, this));
    }

    public Content field(Field field) {
        return template(out -> JtefieldGenerated.render(out, null, this, field));
    }

    /** What is wrong with the form beside the errors at its fields; nothing when nothing is. */
    public Content formErrors(FormState state, List<String> fields) {
        return template(out -> JteformErrorsGenerated.render(out, null, this, state.errorsBeside(fields)));
    }

    public Content action(Action action) {
        return template(out -> JteactionGenerated.render(out, null, this, action));
    }

    /** A place with nothing in it yet: what it is for, and the one thing to do. */
    public Content emptyState(Icon icon, String title, String sentence, Content action) {
        return template(out -> JteemptyStateGenerated.render(out, null, this, icon, title, sentence, action));
    }

    public Content notice(Tone tone, String title, String sentence) {
        return template(out -> JtenoticeGenerated.render(out, null, this, tone, title, sentence));
    }

    /** The way down to this page; the page itself is not part of it. */
    public Content breadcrumbs(List<Nav.Link> way) {
        return template(out -> JtebreadcrumbsGenerated.render(out, null, way));
    }

    public Content tabs(String label, List<Tab> tabs) {
        return template(out -> JtetabsGenerated.render(out, null, label, tabs));
    }

    /** Links to the neighbouring pages of a list, and a sentence about what is shown. */
    public Content pagination(String shown, Optional<String> previous, Optional<String> next) {
        return template(out -> JtepaginationGenerated.render(out, null, this, shown, previous, next));
    }

    public Content steps(List<Step> steps) {
        return template(out -> JtestepsGenerated.render(out, null, steps));
    }

    /** A point in time: written in UTC, turned into "3 minutes ago" by the script. */
    public Content time(Instant at) {
        return template(out -> JtetimeGenerated.render(out, null, at.toString(), TIME.format(at), true));
    }

    /** The time of day in UTC, for logs. */
    public Content clock(Instant at) {
        return template(out -> JtetimeGenerated.render(out, null, at.toString(), CLOCK.format(at), false));
    }

    /** A small line without axes; {@code label} says in words what it shows. */
    public Content sparkline(List<? extends Number> values, String label) {
        var drawn = Sparkline.of(values);
        return template(out -> JtesparklineGenerated.render(out, null, drawn.line(), drawn.area(), label));
    }

    /** One figure: what it is, the number, its unit (may be empty), and a word about it (may be empty). */
    public Content stat(String label, String value, String unit, String note) {
        return template(out -> JtestatGenerated.render(out, null, label, value, unit, note));
    }

    public Content copy(String text, String label) {
        return template(out -> JtecopyGenerated.render(out, null, this, text, label));
    }

    /** A secret that is shown once, with a button that copies it. */
    public Content secret(String text) {
        return template(out -> JtesecretGenerated.render(out, null, this, text));
    }

    public Content code(String text) {
        return template(out -> JtecodeGenerated.render(out, null, this, text));
    }

    /** A body as it travelled, wrapped; JSON is laid out for reading. Its button copies what was sent. */
    public Content body(String contentType, String text) {
        String shown = contentType.toLowerCase(Locale.ROOT).contains("json") ? JsonLayout.of(text) : text;
        return template(out -> JtebodyGenerated.render(out, null, this, shown, text));
    }

    public Content diff(Diff diff) {
        return template(out -> JtediffGenerated.render(out, null, diff));
    }

    /** The page needs {@code editor.js} among its scripts. */
    public Content editor(Editor editor) {
        return template(out -> JteeditorGenerated.render(out, null, this, editor));
    }

    public Content diagnostics(String id, List<Diagnostic> found, String editorId) {
        return template(out -> JtediagnosticsGenerated.render(out, null, id, found, editorId));
    }

    public Content logLine(LogLine line) {
        return template(out -> JtelogLineGenerated.render(out, null, this, line));
    }

    /** How a {@code <leat-live>} stands; put it inside one. */
    public Content liveState() {
        return template(out -> JteliveStateGenerated.render(out, null));
    }

    public Content problem(ProblemPage problem) {
        return template(out -> JteproblemGenerated.render(out, null, problem));
    }

    /** Lines that breathe while their text is under way. */
    public Content skeleton(int lines) {
        return template(out -> JteskeletonGenerated.render(out, null, lines));
    }

    /** Data for a script element of type application/json: valid JSON in which no "&lt;" can end the element. */
    public Content json(Object value) {
        var safe =
                Json.text(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
        return out -> out.writeContent(safe);
    }

    /** A duration in the largest unit that fits: {@code 850 ms}, {@code 12 s}, {@code 4 min}, {@code 3 h}, {@code 2 d}. */
    public String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return millis / 1_000 + " s";
        }
        if (millis < 3_600_000) {
            return millis / 60_000 + " min";
        }
        return millis < 86_400_000 ? millis / 3_600_000 + " h" : millis / 86_400_000 + " d";
    }

    static Content template(Template template) {
        return out -> template.render(html(out));
    }

    private static HtmlTemplateOutput html(TemplateOutput output) {
        return output instanceof HtmlTemplateOutput html ? html : new OwaspHtmlTemplateOutput(output);
    }

    @FunctionalInterface
    interface Template {
        void render(HtmlTemplateOutput output);
    }
}
