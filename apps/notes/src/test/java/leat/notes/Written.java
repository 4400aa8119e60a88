package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Contents for tests, each a plain note changed in one respect. */
final class Written {
    private Written() {}

    static Content titled(String title) {
        return new Content(
                title,
                "Some *text*.",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Content.Status.NEW,
                Content.Access.PRIVATE,
                Optional.empty(),
                List.of());
    }

    static Content body(Content it, String body) {
        return new Content(
                it.title(),
                body,
                it.due(),
                it.start(),
                it.end(),
                it.url(),
                it.status(),
                it.access(),
                it.color(),
                it.tags());
    }

    static Content due(Content it, Instant due) {
        return new Content(
                it.title(),
                it.body(),
                Optional.of(due),
                it.start(),
                it.end(),
                it.url(),
                it.status(),
                it.access(),
                it.color(),
                it.tags());
    }

    static Content from(Content it, Instant start) {
        return new Content(
                it.title(),
                it.body(),
                it.due(),
                Optional.of(start),
                it.end(),
                it.url(),
                it.status(),
                it.access(),
                it.color(),
                it.tags());
    }

    static Content until(Content it, Instant end) {
        return new Content(
                it.title(),
                it.body(),
                it.due(),
                it.start(),
                Optional.of(end),
                it.url(),
                it.status(),
                it.access(),
                it.color(),
                it.tags());
    }

    static Content url(Content it, String url) {
        return new Content(
                it.title(),
                it.body(),
                it.due(),
                it.start(),
                it.end(),
                Optional.of(url),
                it.status(),
                it.access(),
                it.color(),
                it.tags());
    }

    static Content color(Content it, String color) {
        return new Content(
                it.title(),
                it.body(),
                it.due(),
                it.start(),
                it.end(),
                it.url(),
                it.status(),
                it.access(),
                Optional.of(color),
                it.tags());
    }

    static Content tags(Content it, List<String> tags) {
        return new Content(
                it.title(),
                it.body(),
                it.due(),
                it.start(),
                it.end(),
                it.url(),
                it.status(),
                it.access(),
                it.color(),
                tags);
    }
}
