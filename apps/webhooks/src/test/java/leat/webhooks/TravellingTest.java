package leat.webhooks;

import leat.kernel.test.Travelling;
import org.junit.jupiter.api.Test;

final class TravellingTest {
    @Test
    void every_command_arrives_at_another_node_as_it_was_sent() {
        Travelling.everyCommandOf(Webhooks.TYPE);
        Travelling.everyCommandOf(Delivered.TYPE);
    }
}
