package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import leat.accounts.api.AskingDoorkeeper;
import leat.accounts.api.RoleOf;
import leat.accounts.api.WhoIs;
import leat.kernel.Ask;
import leat.kernel.Asks;
import leat.kernel.Json;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Headers;
import leat.web.Request;
import leat.web.Role;
import org.junit.jupiter.api.Test;

final class WhoIsTest {
    private static final Request SENT =
            Request.of("GET", "/mocks", Headers.of("Cookie", "session=s1.secret", "Accept", "text/html"), new byte[0]);

    /** Answers as a node with accounts would, by way of the JSON that goes over the bus. */
    private static Asks answering(Caller caller) {
        return new Asks() {
            @Override
            @SuppressWarnings("unchecked")
            public <R> R ask(Ask<R> question) {
                return switch (question) {
                    case WhoIs who -> {
                        WhoIs arrived = Json.read(Json.bytes(who), WhoIs.class);
                        assertThat(arrived.request().header("cookie")).hasValue("session=s1.secret");
                        assertThat(arrived.request().header("accept")).isEmpty();
                        yield (R) Json.read(Json.bytes(WhoIs.Found.of(caller)), WhoIs.Found.class);
                    }
                    case RoleOf(String user, String organization) -> {
                        assertThat(List.of(user, organization)).containsExactly("u1", "o1");
                        yield (R) new RoleOf.Found(Optional.of(Role.EDITOR));
                    }
                    default -> throw new AssertionError(question);
                };
            }
        };
    }

    @Test
    void a_node_without_accounts_knows_people_as_one_with_them_does() {
        List<Caller> callers = List.of(
                new Caller.Person("u1", "ada", true, new Credential.Session("s1", "csrf")),
                new Caller.Person("u1", "ada", false, new Credential.Token("t1", Set.of("mocks:read"))),
                new Caller.Nobody());
        for (Caller caller : callers) {
            assertThat(new AskingDoorkeeper(answering(caller)).whoIs(SENT)).isEqualTo(caller);
        }
        assertThat(new AskingDoorkeeper(answering(callers.getFirst())).roleOf(callers.getFirst(), "o1"))
                .hasValue(Role.EDITOR);
    }

    @Test
    void nobody_is_asked_about_a_request_without_a_credential() {
        Asks none = new Asks() {
            @Override
            public <R> R ask(Ask<R> question) {
                throw new AssertionError(question);
            }
        };
        var doorkeeper = new AskingDoorkeeper(none);
        assertThat(doorkeeper.whoIs(Request.of("GET", "/", Headers.NONE, new byte[0])))
                .isEqualTo(new Caller.Nobody());
        assertThat(doorkeeper.roleOf(new Caller.Nobody(), "o1")).isEmpty();
    }

    @Test
    void what_is_printed_shows_no_secret() {
        assertThat(new WhoIs(Optional.of("Bearer hush"), List.of("session=hush")).toString())
                .doesNotContain("hush");
        assertThat(WhoIs.Found.of(new Caller.Person("u1", "ada", true, new Credential.Session("s1", "hush")))
                        .toString())
                .doesNotContain("hush");
    }
}
