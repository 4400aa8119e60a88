package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import leat.kernel.Decision;
import leat.kernel.test.Scenario;
import leat.mocks.Mock.Command.Create;
import leat.mocks.Mock.Command.Fail;
import leat.mocks.Mock.Command.MarkCompiled;
import leat.mocks.Mock.Command.MarkLive;
import leat.mocks.Mock.Command.Reject;
import leat.mocks.Mock.Command.Remove;
import leat.mocks.Mock.Command.RequestPublication;
import leat.mocks.Mock.Command.RollBack;
import leat.mocks.Mock.Command.Save;
import leat.mocks.Mock.Command.Unpublish;
import leat.mocks.Mock.Event.Compiled;
import leat.mocks.Mock.Event.Created;
import leat.mocks.Mock.Event.PublicationFailed;
import leat.mocks.Mock.Event.PublicationRequested;
import leat.mocks.Mock.Event.Published;
import leat.mocks.Mock.Event.Rejected;
import leat.mocks.Mock.Event.RolledBack;
import leat.mocks.Mock.Event.Saved;
import leat.mocks.Mock.Event.WasRemoved;
import leat.mocks.Mock.Event.WasUnpublished;
import leat.mocks.Mock.Publication;
import leat.mocks.definition.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MockTest {
    private static final Mock.Source ONE = source("one");
    private static final Mock.Source TWO = source("two");
    private static final Mock.Event.Created CREATED = new Created("org1", "acme", "pets");
    private static final Saved FIRST = new Saved(1, ONE);
    private static final Saved SECOND = new Saved(2, TWO);
    private static final Mock.Reason REASON =
            new Mock.Reason(3, 5, "key.unknown", "There is no key \"pth\".", "Did you mean path?");

    private static Mock.Source source(String hash) {
        return new Mock.Source(hash, 100, 10);
    }

    private static Scenario<Mock.Command, Mock.Event, Mock> given(Mock.Event... events) {
        return Scenario.of(Mock.DECIDER).given(events);
    }

    private static RequestPublication publish(int revision, Mock.Source source) {
        return new RequestPublication("m1", new Mock.Revision(revision, source), false, Duration.ZERO);
    }

    private static Publication publication(Mock mock) {
        return ((Mock.Kept) mock).publication();
    }

    private static Optional<Mock.Live> live(Mock mock) {
        return ((Mock.Kept) mock).live();
    }

    @Test
    void a_mock_is_created_with_its_first_revision_and_its_names() {
        given().when(new Create("org1", "acme", "pets", ONE))
                .then(CREATED, FIRST)
                .claiming("mock.name", "org1/pets")
                .claiming("mock.host", "pets-acme");
    }

    @Test
    void creating_the_same_mock_again_changes_nothing() {
        given(CREATED, FIRST).when(new Create("org1", "acme", "pets", ONE)).thenNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Pets", "pe ts", "-pets", "pets-", "pets.v1", "xn--pets", "päts", "a/b"})
    void a_name_that_cannot_stand_in_a_host_is_refused(String name) {
        given().when(new Create("org1", "acme", name, ONE)).thenRefused("mock.invalid");
    }

    @Test
    void a_name_has_at_most_40_characters() {
        given().when(new Create("org1", "acme", "p".repeat(40), ONE))
                .then(new Created("org1", "acme", "p".repeat(40)), FIRST);
        given().when(new Create("org1", "acme", "p".repeat(41), ONE)).thenRefused("mock.invalid");
    }

    @Test
    void a_host_label_beyond_63_characters_is_refused_with_the_length_that_fits() {
        String organization = "o".repeat(39);
        var outcome = given().when(new Create("org1", organization, "p".repeat(24), ONE));

        outcome.thenRefused("mock.invalid");
        assertThat(((Decision.Refused<?>) outcome.decision()).refusal().message())
                .contains("at most 23 characters");
        given().when(new Create("org1", organization, "p".repeat(23), ONE))
                .then(new Created("org1", organization, "p".repeat(23)), FIRST);
    }

    @Test
    void a_source_beyond_its_limit_is_refused() {
        var large = new Mock.Source("large", Limits.FILE_BYTES + 1, 1);

        given().when(new Create("org1", "acme", "pets", large)).thenRefused("mock.too-large");
        given(CREATED, FIRST).when(new Save(large)).thenRefused("mock.too-large");
    }

    @Test
    void every_save_is_a_revision_and_the_same_text_is_none() {
        given(CREATED, FIRST).when(new Save(TWO)).then(SECOND);
        given(CREATED, FIRST).when(new Save(ONE)).thenNothing();
        given(CREATED, FIRST, SECOND).when(new Save(ONE)).then(new Saved(3, ONE));
    }

    @Test
    void publication_is_asked_for_together_with_the_task_that_compiles() {
        var outcome = given(CREATED, FIRST).when(publish(1, ONE)).then(new PublicationRequested(1));

        assertThat(((Decision.Accepted<Mock.Event>) outcome.decision()).tasks())
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.kind()).isEqualTo("mocks.compile");
                    assertThat(task.key()).isEqualTo("m1");
                    assertThat(task.payload()).isEqualTo(new Mock.Compilation("m1", 1, "one"));
                });
        assertThat(publication(outcome.state())).isEqualTo(new Publication.Publishing(1, false));
    }

    @Test
    void a_revision_that_does_not_exist_cannot_be_published() {
        given(CREATED, FIRST).when(publish(2, TWO)).thenRefused("revision.absent");
        given(CREATED, FIRST).when(publish(0, ONE)).thenRefused("revision.absent");
    }

    @Test
    void asking_twice_is_asking_once_unless_somebody_wants_it_again() {
        given(CREATED, FIRST, new PublicationRequested(1)).when(publish(1, ONE)).thenNothing();
        given(CREATED, FIRST, new PublicationRequested(1))
                .when(new RequestPublication("m1", new Mock.Revision(1, ONE), true, Duration.ZERO))
                .then(new PublicationRequested(1));
        given(CREATED, FIRST, new PublicationRequested(1), new Compiled(1, "art", 2))
                .when(new RequestPublication("m1", new Mock.Revision(1, ONE), true, Duration.ZERO))
                .thenNothing();
        given(CREATED, FIRST, new PublicationRequested(1), new Compiled(1, "art", 2), new Published(1))
                .when(publish(1, ONE))
                .thenNothing();
    }

    @Test
    void a_compiled_revision_is_published_when_a_node_answers_with_it() {
        var compiled = given(CREATED, FIRST, new PublicationRequested(1))
                .when(new MarkCompiled(1, "art", 2))
                .then(new Compiled(1, "art", 2));
        assertThat(publication(compiled.state())).isEqualTo(new Publication.Publishing(1, true));
        assertThat(live(compiled.state())).contains(new Mock.Live(1, "art"));

        given(CREATED, FIRST, new PublicationRequested(1), new Compiled(1, "art", 2))
                .when(new MarkLive(1))
                .then(new Published(1));
    }

    @Test
    void the_last_good_revision_stays_live_while_another_is_published_or_invalid() {
        Mock.Event[] published = {
            CREATED, FIRST, new PublicationRequested(1), new Compiled(1, "art", 2), new Published(1), SECOND
        };

        var asked = given(published).when(publish(2, TWO)).then(new PublicationRequested(2));
        assertThat(live(asked.state())).contains(new Mock.Live(1, "art"));

        var rejected = given(published)
                .given(new PublicationRequested(2))
                .when(new Reject(2, List.of(REASON)))
                .then(new Rejected(2, List.of(REASON)));
        assertThat(live(rejected.state())).contains(new Mock.Live(1, "art"));
        assertThat(publication(rejected.state())).isEqualTo(new Publication.Invalid(2, List.of(REASON)));
    }

    @Test
    void a_newer_text_ends_invalid_and_failed() {
        var draft = given(CREATED, FIRST, new PublicationRequested(1), new Rejected(1, List.of(REASON)))
                .when(new Save(TWO))
                .then(SECOND);
        assertThat(publication(draft.state())).isEqualTo(new Publication.Draft());

        var published = given(
                        CREATED,
                        FIRST,
                        new PublicationRequested(1),
                        new Compiled(1, "art", 2),
                        new Published(1),
                        SECOND,
                        new PublicationRequested(2),
                        new PublicationFailed(2, "disk full"))
                .when(new Save(source("three")))
                .then(new Saved(3, source("three")));
        assertThat(publication(published.state())).isEqualTo(new Publication.Published(1));
    }

    @Test
    void a_result_that_nobody_waits_for_any_more_is_left_aside() {
        Mock.Event[] unpublished = {CREATED, FIRST, new PublicationRequested(1), new WasUnpublished()};

        given(unpublished).when(new MarkCompiled(1, "art", 2)).thenNothing();
        given(unpublished).when(new Reject(1, List.of(REASON))).thenNothing();
        given(unpublished).when(new Fail(1, "disk full")).thenNothing();
        given(unpublished).when(new MarkLive(1)).thenNothing();
        given(CREATED, FIRST, SECOND, new PublicationRequested(2))
                .when(new MarkCompiled(1, "art", 2))
                .thenNothing();
    }

    @Test
    void a_failure_of_our_own_is_told_and_can_be_tried_again() {
        var failed = given(CREATED, FIRST, new PublicationRequested(1))
                .when(new Fail(1, "disk full"))
                .then(new PublicationFailed(1, "disk full"));
        assertThat(publication(failed.state())).isEqualTo(new Publication.Failed(1, "disk full"));

        given(CREATED, FIRST, new PublicationRequested(1), new PublicationFailed(1, "disk full"))
                .when(publish(1, ONE))
                .then(new PublicationRequested(1));
    }

    @Test
    void an_unpublished_mock_has_nothing_live() {
        var outcome = given(CREATED, FIRST, new PublicationRequested(1), new Compiled(1, "art", 2), new Published(1))
                .when(new Unpublish())
                .then(new WasUnpublished());

        assertThat(live(outcome.state())).isEmpty();
        assertThat(publication(outcome.state())).isEqualTo(new Publication.Unpublished());
        given(CREATED, FIRST).when(new Unpublish()).thenNothing();
        given(CREATED, FIRST, new PublicationRequested(1)).when(new Unpublish()).then(new WasUnpublished());
    }

    @Test
    void rolling_back_makes_an_old_text_the_newest_and_publishes_it() {
        given(CREATED, FIRST, SECOND)
                .when(new RollBack("m1", new Mock.Revision(1, ONE), Duration.ZERO))
                .then(new RolledBack(3, 1, ONE), new PublicationRequested(3));
        given(CREATED, FIRST, SECOND)
                .when(new RollBack("m1", new Mock.Revision(2, TWO), Duration.ZERO))
                .then(new PublicationRequested(2));
        given(CREATED, FIRST, SECOND)
                .when(new RollBack("m1", new Mock.Revision(7, ONE), Duration.ZERO))
                .thenRefused("revision.absent");
    }

    @Test
    void a_removed_mock_gives_its_names_back_and_is_absent() {
        given(CREATED, FIRST)
                .when(new Remove())
                .then(new WasRemoved())
                .releasing("mock.name", "org1/pets")
                .releasing("mock.host", "pets-acme");
        given(CREATED, FIRST, new WasRemoved()).when(new Remove()).thenNothing();
        given(CREATED, FIRST, new WasRemoved()).when(new Save(TWO)).thenRefused("mock.absent");
        given().when(new Save(TWO)).thenRefused("mock.absent");
    }
}
