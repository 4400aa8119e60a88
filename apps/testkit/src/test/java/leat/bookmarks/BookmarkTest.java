package leat.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import leat.bookmarks.Bookmark.Command;
import leat.bookmarks.Bookmark.Event;
import leat.kernel.test.GoldenEvents;
import leat.kernel.test.Scenario;
import leat.kernel.test.Travelling;
import org.junit.jupiter.api.Test;

final class BookmarkTest {
    private static final Event.WasKept KEPT =
            new Event.WasKept("00000000ACME0", "https://example.org", "Example", List.of("tools"));

    private static Scenario<Command, Event, Bookmark> bookmark() {
        return Scenario.of(Bookmark.DECIDER);
    }

    @Test
    void an_address_is_kept_once_in_an_organization() {
        bookmark()
                .when(new Command.Keep("00000000ACME0", "https://example.org", "Example", List.of("tools")))
                .then(KEPT)
                .claiming("bookmark.address", "00000000ACME0/https://example.org");
    }

    @Test
    void a_title_that_was_found_does_not_replace_one_that_was_given() {
        bookmark().given(KEPT).when(new Command.Name("example.org")).thenNothing();
        bookmark()
                .given(new Event.WasKept("00000000ACME0", "https://example.org", "", List.of()))
                .when(new Command.Name("example.org"))
                .then(new Event.Revised("example.org", List.of()));
    }

    @Test
    void what_is_so_already_is_no_event() {
        bookmark()
                .given(KEPT)
                .when(new Command.Revise("Example", List.of("tools")))
                .thenNothing();
        bookmark()
                .given(KEPT, new Event.WasRemoved())
                .when(new Command.Remove())
                .thenNothing();
    }

    @Test
    void an_address_that_was_removed_may_be_kept_again() {
        bookmark()
                .given(KEPT)
                .when(new Command.Remove())
                .then(new Event.WasRemoved())
                .releasing("bookmark.address", "00000000ACME0/https://example.org");
    }

    @Test
    void only_what_is_kept_is_revised() {
        bookmark().when(new Command.Revise("Example", List.of())).thenRefused("bookmark.absent");
        bookmark()
                .given(KEPT, new Event.WasRemoved())
                .when(new Command.Revise("Example", List.of()))
                .thenRefused("bookmark.absent");
    }

    @Test
    void limits_hold_at_their_edges() {
        bookmark()
                .given(KEPT)
                .when(new Command.Revise("x".repeat(200), List.of()))
                .then(new Event.Revised("x".repeat(200), List.of()));
        bookmark()
                .given(KEPT)
                .when(new Command.Revise("x".repeat(201), List.of()))
                .thenRefused("bookmark.invalid");
        bookmark()
                .when(new Command.Keep("00000000ACME0", "javascript:alert(1)", "", List.of()))
                .thenRefused("bookmark.invalid");
    }

    @Test
    void every_event_that_was_released_is_still_read() {
        GoldenEvents.check(
                Path.of("src/test/resources/leat/bookmarks/events.txt"),
                List.of(KEPT, new Event.Revised("Example", List.of("tools")), new Event.WasRemoved()),
                Bookmark.TYPE);
    }

    @Test
    void every_command_arrives_at_another_node_as_it_was_sent() {
        Travelling.everyCommandOf(Bookmark.TYPE);
    }

    @Test
    void a_host_is_a_title() {
        assertThat(Titles.OF_HOSTS.find("https://example.org/a?b=|")).isEqualTo("example.org");
    }
}
