package leat.engine.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NatsTopicsTest {
    private final NatsTopics topics = new NatsTopics("leat", 'm');

    @Test
    void a_topic_comes_back_from_its_subject_which_nats_accepts() {
        for (String topic :
                List.of("", ".", "..", "a", "a.b", "a.", ".a", "a..b", "a b", "a*", ">", "100%", "%", "ä.ö", "a\tb")) {
            String subject = topics.subject(topic);
            assertThat(topics.topic(subject)).as(subject).isEqualTo(topic);
            assertThat(subject).matches("leat\\.m(\\.[^\\s.*>]+)+");
        }
    }

    @Test
    void a_prefix_asks_for_the_whole_tokens_before_its_last_dot() {
        assertThat(topics.pattern("notes.")).isEqualTo("leat.m.notes.>");
        assertThat(topics.pattern("log.builds/1")).isEqualTo("leat.m.log.>");
        assertThat(topics.pattern("no")).isEqualTo("leat.m.>");
        assertThat(topics.pattern("")).isEqualTo("leat.m.>");
    }
}
