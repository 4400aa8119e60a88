package leat.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UiTest {
    private static final String HOSTILE = "<script>alert('x')</script>\" onclick=\"y";
    private final Ui ui = new Ui(name -> "/assets/" + name, "t0ken");

    @Test
    void text_is_escaped_wherever_it_stands() {
        var state = FormState.empty().with("name", HOSTILE).violating("name", HOSTILE);
        for (var part : List.of(
                ui.pill(Status.of(HOSTILE, Tone.RED)),
                ui.field(Field.text("name", HOSTILE, state).hint(HOSTILE).with("placeholder", HOSTILE)),
                ui.field(Field.of(Field.Kind.TEXTAREA, "name", "Name", state)),
                ui.formErrors(state, List.of()),
                ui.code(HOSTILE),
                ui.diff(Diff.of("", HOSTILE)),
                ui.secret(HOSTILE),
                ui.logLine(new LogLine(Instant.EPOCH, HOSTILE, HOSTILE, 200, Duration.ZERO)),
                ui.editor(Editor.of("text", HOSTILE, "yaml", HOSTILE)),
                ui.problem(new ProblemPage(404, HOSTILE, HOSTILE, HOSTILE, List.of(new Nav.Link(HOSTILE, "/")))),
                ui.action(Action.of(HOSTILE, "DELETE", "/x").confirm(HOSTILE, HOSTILE)),
                Shell.bare(ui, HOSTILE, ui.code(HOSTILE)))) {
            assertThat(Markup.render(part))
                    .doesNotContain("<script>alert")
                    .doesNotContainPattern("<[^>]*\\sonclick=\"");
        }
    }

    @Test
    void a_link_that_would_run_code_leads_nowhere() {
        assertThat(Markup.render(ui.breadcrumbs(List.of(new Nav.Link("Bad", "javascript:alert(1)")))))
                .doesNotContain("javascript:");
    }

    @Test
    void json_cannot_end_the_element_that_holds_it() {
        assertThat(Markup.render(ui.json(Map.of("text", "</script><!--&"))))
                .isEqualTo("{\"text\":\"\\u003c/script\\u003e\\u003c!--\\u0026\"}");
    }

    @Test
    void hint_and_error_are_tied_to_their_control() {
        var state = FormState.empty().with("address", "a b").violating("address", "No spaces.");
        assertThat(Markup.render(
                        ui.field(Field.text("address", "Address", state).hint("Letters."))))
                .contains("<label class=\"label\" for=\"field-address\">")
                .contains("aria-describedby=\"field-address-hint field-address-error\"")
                .contains("aria-invalid=\"true\"")
                .contains("id=\"field-address-hint\"")
                .contains("id=\"field-address-error\"")
                .contains("value=\"a b\"");
    }

    @Test
    void a_field_that_is_well_says_nothing_of_errors() {
        assertThat(Markup.render(ui.field(Field.text("address", "Address", FormState.empty()))))
                .doesNotContain("aria-describedby", "aria-invalid", "field-address-error");
    }

    @Test
    void a_password_is_never_shown_again() {
        var state = FormState.empty().with("password", "s3cret");
        assertThat(Markup.render(ui.field(Field.of(Field.Kind.PASSWORD, "password", "Password", state))))
                .doesNotContain("s3cret");
    }

    @Test
    void a_ticked_box_and_a_chosen_option_come_back() {
        var state = FormState.empty().with("box", "on").with("role", "editor");
        assertThat(Markup.render(ui.field(Field.of(Field.Kind.CHECKBOX, "box", "Box", state))))
                .contains(" checked");
        var options = List.of(new Field.Option("viewer", "Viewer"), new Field.Option("editor", "Editor"));
        assertThat(Markup.render(ui.field(Field.select("role", "Role", state, options))))
                .contains("<option value=\"editor\" selected>")
                .contains("<option value=\"viewer\">");
    }

    @Test
    void a_field_refuses_attributes_that_could_run_code_or_set_style() {
        var field = Field.text("name", "Name", FormState.empty());
        for (var attribute : List.of("onclick", "style", "x\" y", "value")) {
            assertThatThrownBy(() -> field.with(attribute, "z"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(attribute);
        }
    }

    @Test
    void an_action_asks_with_scripts_and_without() {
        assertThat(Markup.render(
                        ui.action(Action.of("Drop", "DELETE", "/tasks/7").confirm("Drop it?", "It is lost."))))
                .contains("<form method=\"post\" action=\"/tasks/7\">")
                .contains("name=\"_csrf\" value=\"t0ken\"")
                .contains("name=\"_method\" value=\"DELETE\"")
                .contains("data-confirm=\"Drop it?\"")
                .contains("name=\"_ask\" value=\"Drop it?\"")
                .contains("name=\"_ask_detail\" value=\"It is lost.\"")
                .contains("name=\"_ask_label\" value=\"Drop\"")
                .doesNotContain("data-confirm-phrase")
                .doesNotContain("_ask_phrase");
        assertThat(Markup.render(ui.action(Action.of("Try again", "PUT", "/tasks/7"))))
                .doesNotContain("_ask");
    }

    @Test
    void what_belongs_to_no_field_shown_is_said_above_the_form() {
        var state = FormState.empty()
                .violating("", "Not now.")
                .violating("hidden", "Stale.")
                .violating("name", "Too long.");
        assertThat(Markup.render(ui.formErrors(state, List.of("name"))))
                .contains("Not now.", "Stale.")
                .doesNotContain("Too long.");
        assertThat(Markup.render(ui.formErrors(FormState.empty(), List.of()))).isBlank();
    }

    @Test
    void the_frame_is_written_before_the_body_is_asked_for() {
        var output = new gg.jte.output.StringOutput();
        var framed = new StringBuilder();
        Shell.bare(ui, "Page", out -> out.writeContent("<p>" + framed.length() + "</p>"))
                .writeTo(output, () -> framed.append(output.toString()));
        assertThat(framed).contains("app.css", "<main").doesNotContain("<p>");
        assertThat(output.toString())
                .startsWith(framed.toString())
                .contains("<p>" + framed.length() + "</p>")
                .endsWith("</html>\n");
    }

    @Test
    void a_navigation_holds_as_much_as_a_phone_does() {
        var item = new Nav.Item("Mocks", "/mocks", Icon.MOCK, false);
        assertThatThrownBy(() -> new Nav(
                        "/", Optional.empty(), List.of(), java.util.Collections.nCopies(6, item), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 5");
    }

    @Test
    void initials_are_two_letters_at_most() {
        assertThat(Nav.initials("second.engineer of three")).isEqualTo("SE");
        assertThat(Nav.initials(" ")).isEqualTo("?");
    }

    @Test
    void a_sparkline_stays_inside_its_box() {
        assertThat(Sparkline.of(List.of(0, 5, 10)).line()).isEqualTo("0.0,23.0 50.0,12.0 100.0,1.0");
        assertThat(Sparkline.of(List.of(0, 0)).line()).isEqualTo("0.0,23.0 100.0,23.0");
        assertThat(Sparkline.of(List.of())).isEqualTo(new Sparkline("", ""));
    }

    @Test
    void durations_use_the_largest_unit_that_fits() {
        assertThat(List.of(850L, 12_400L, 250_000L, 11_000_000L, 200_000_000L))
                .extracting(millis -> ui.duration(Duration.ofMillis(millis)))
                .containsExactly("850 ms", "12 s", "4 min", "3 h", "2 d");
    }
}
