package leat.accounts;

import leat.kernel.test.Travelling;
import org.junit.jupiter.api.Test;

class TravellingTest {
    @Test
    void every_command_arrives_at_another_node_as_it_was_sent() {
        Travelling.everyCommandOf(User.TYPE);
        Travelling.everyCommandOf(OwnerLink.TYPE);
        Travelling.everyCommandOf(Organization.TYPE);
        Travelling.everyCommandOf(ApiToken.TYPE);
        Travelling.everyCommandOf(Login.TYPE);
        Travelling.everyCommandOf(Session.TYPE);
    }
}
