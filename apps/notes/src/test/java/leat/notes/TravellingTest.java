package leat.notes;

import leat.kernel.test.Travelling;
import org.junit.jupiter.api.Test;

class TravellingTest {
    @Test
    void every_command_arrives_at_another_node_as_it_was_sent() {
        Travelling.everyCommandOf(Note.TYPE);
        Travelling.everyCommandOf(Comment.TYPE);
        Travelling.everyCommandOf(Tag.TYPE);
        Travelling.everyCommandOf(Reminders.TYPE);
        Travelling.everyCommandOf(CalendarFeed.TYPE);
    }
}
