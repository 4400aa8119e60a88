package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.test.Scenario;
import leat.notes.SavedSearch.Command;
import leat.notes.SavedSearch.Event;
import org.junit.jupiter.api.Test;

final class SavedSearchTest {
    private static final String SEARCHES = "/api/notes/searches";
    private static final Event SAVED = new Event.WasSaved("org1", "user:tester", "Roofs", "q=roof");

    private static Scenario<Command, Event, SavedSearch> given(Event... events) {
        return Scenario.of(SavedSearch.DECIDER).given(events);
    }

    @Test
    void a_search_is_saved_renamed_removed_and_had_back() {
        given().when(new Command.Save("org1", "Roofs", "q=roof"))
                .then(SAVED)
                .claiming(SavedSearch.NAMES, "org1/user:tester/roofs");
        given(SAVED).when(new Command.Rename("Slates")).then(new Event.Renamed("Slates"));
        given(SAVED).when(new Command.Rename("Roofs")).thenNothing();
        given(SAVED).when(new Command.Remove()).then(new Event.WasRemoved());
        given(SAVED, new Event.WasRemoved()).when(new Command.Remove()).thenNothing();
        given(SAVED, new Event.WasRemoved()).when(new Command.Recover()).then(new Event.Recovered());
        given(SAVED, new Event.WasRemoved()).when(new Command.Rename("x")).thenRefused("search.absent");
        given(SAVED, new Event.WasRemoved(), new Event.Recovered())
                .when(new Command.Recover())
                .thenNothing();
    }

    @Test
    void what_is_nobodys_or_somebody_elses_is_absent() {
        given().when(new Command.Remove()).thenRefused("search.absent");
        given(new Event.WasSaved("org1", "user:other", "Roofs", "q=roof"))
                .when(new Command.Rename("Mine"))
                .thenRefused("search.absent");
    }

    @Test
    void a_search_has_a_name_and_something_to_look_for() {
        given().when(new Command.Save("org1", " ", "q=roof")).thenRefused("search.invalid");
        given().when(new Command.Save("org1", "x".repeat(101), "q=roof")).thenRefused("search.invalid");
        given().when(new Command.Save("org1", "a\nb", "q=roof")).thenRefused("search.invalid");
        given().when(new Command.Save("org1", "Roofs", "")).thenRefused("search.invalid");
        given(SAVED).when(new Command.Rename("")).thenRefused("search.invalid");
    }

    @Test
    void by_http_each_person_has_their_own() {
        try (Running running = Running.inMemory()) {
            var draft = Map.<String, Object>of("name", "Roofs", "query", "q=roof%20slate&status=Doing&x=1&tag=");
            Answer saved = running.as("eve", "POST", SEARCHES, draft);
            assertThat(saved.status()).isEqualTo(201);
            assertThat(saved.text("query")).isEqualTo("q=roof%20slate&status=Doing");
            String path = SEARCHES + "/" + saved.text("id");
            assertThat(running.as("eve", "POST", SEARCHES, draft).outcome()).isEqualTo("409 search.taken");
            assertThat(running.as("bob", "POST", SEARCHES, draft).status()).isEqualTo(201);
            assertThat(running.as("bob", "PUT", path, Map.of("name", "Mine")).outcome())
                    .isEqualTo("404 search.absent");
            assertThat(running.as("bob", "DELETE", path).outcome()).isEqualTo("404 search.absent");
            assertThat(running.as("eve", "POST", SEARCHES, Map.of("name", "x", "query", "kind=Song"))
                            .outcome())
                    .isEqualTo("400 filter.invalid");
            assertThat(running.as("eve", "PUT", path, Map.of("name", "Slates")).text("name"))
                    .isEqualTo("Slates");
            assertThat(running.get("eve", SEARCHES).all("name")).containsExactly("Slates");
            assertThat(running.as("eve", "DELETE", path).status()).isEqualTo(204);
            assertThat(running.get("eve", SEARCHES).all("name")).isEmpty();
            assertThat(running.as("eve", "DELETE", path + "/trash").text("name"))
                    .isEqualTo("Slates");
            assertThat(running.get("eve", SEARCHES).all("name")).containsExactly("Slates");
            assertThat(running.get("zoe", SEARCHES).all("name")).isEmpty();
        }
    }

    @Test
    void on_pages_what_a_list_shows_is_saved_and_stands_beside_it() {
        try (Running running = Running.inMemory()) {
            assertThat(running.page("bob", "/notes?q=roof").text())
                    .contains("Save this search", "/notes/searches?save=q%3Droof");
            assertThat(running.page("bob", "/notes/searches?save=q%3Droof").text())
                    .contains("value=\"q=roof\"");
            Answer saved = running.form(
                    "bob", "POST", "/notes/searches", Map.of("name", "Roofs", "query", "q=roof&kind=Note"));
            assertThat(saved.header("Location")).isEqualTo("/notes?q=roof&kind=Note");
            assertThat(running.page("bob", "/notes").text()).contains("Roofs");
            assertThat(running.page("ada", "/notes").text()).doesNotContain("Roofs");
            assertThat(running.form("bob", "POST", "/notes/searches", Map.of("name", "", "query", "q=x"))
                            .status())
                    .isEqualTo(422);
            String id = running.get("bob", SEARCHES)
                    .json()
                    .path("items")
                    .path(0)
                    .path("id")
                    .asString("");
            assertThat(running.form("bob", "PUT", "/notes/searches/" + id, Map.of("name", "Slates"))
                            .status())
                    .isEqualTo(303);
            String gone = running.form("bob", "DELETE", "/notes/searches/" + id, Map.of())
                    .header("Location");
            assertThat(running.page("bob", gone).text())
                    .contains("The search is removed.", "Undo", "No saved searches");
            running.form("bob", "DELETE", "/notes/searches/" + id + "/trash", Map.of());
            assertThat(running.page("bob", "/notes/searches").text()).contains("Slates");
        }
    }
}
