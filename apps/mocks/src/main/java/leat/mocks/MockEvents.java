package leat.mocks;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leat.mocks.serving.LoggedRequest;
import leat.mocks.serving.RequestLog;
import leat.web.Request;
import leat.web.Response;
import leat.web.Sse;

/**
 * Follows one mock live. A stream's ids tell how far it has come, so that one that comes back gets what it missed, as far
 * as that is remembered: by number from the same node, and by time from another.
 */
final class MockEvents {
    private final Mocks mocks;

    MockEvents(Mocks mocks) {
        this.mocks = mocks;
    }

    Response requests(Request request) {
        String id = mocks.find(request.parameter("id")).id();
        return Response.events(sink -> follow(id, sink, false, sending(id)));
    }

    Response all(Request request) {
        Mocks.Found mock = mocks.find(request.parameter("id"));
        Addresses addresses =
                Addresses.of(request, mocks.baseHost(), mock.mock().identity());
        return Response.events(sink -> {
            changes(
                    mock.id(),
                    sink,
                    now -> sink.send("", "publication", MocksApi.json(MocksApi.publication(now.mock(), addresses))));
            follow(mock.id(), sink, false, sending(mock.id()));
        });
    }

    private BiConsumer<Sse.Sink, LoggedRequest> sending(String id) {
        return (sink, request) -> sink.send(mocks.mark(id, request), "request", MocksApi.json(request));
    }

    /** Says how the mock stands, now and whenever it changes; ends the stream when it is removed. */
    void changes(String id, Sse.Sink sink, Consumer<Mocks.Found> changed) {
        Runnable tell = () -> {
            if (mocks.entities().get(id).state() instanceof Mock.Kept) {
                changed.accept(mocks.find(id));
            } else {
                sink.send("", "end", "removed");
                sink.close();
            }
        };
        var listening = mocks.announcements().listen(MockList.TOPIC + id, any -> Thread.startVirtualThread(tell));
        sink.onClose(listening::close);
        tell.run();
    }

    /**
     * Sends the requests that the reader has not seen, and each new one.
     *
     * @param onlyNew to a reader who comes for the first time, as to a page that shows the others already
     */
    void follow(String id, Sse.Sink sink, boolean onlyNew, BiConsumer<Sse.Sink, LoggedRequest> send) {
        RequestLog log = mocks.requests(id);
        Optional<Mark> mark = sink.lastEventId().flatMap(Mark::read);
        boolean ours = mark.filter(it -> it.log().equals(log.name())).isPresent();
        var seen = new AtomicLong(mark.map(it -> ours ? it.number() : 0L).orElse(onlyNew ? log.last() : 0L));
        Instant since = ours ? Instant.EPOCH : mark.map(Mark::at).orElse(Instant.EPOCH);
        Runnable more = () -> {
            synchronized (seen) {
                for (LoggedRequest request : log.after(seen.get())) {
                    if (request.at().isAfter(since)) {
                        send.accept(sink, request);
                    }
                    seen.set(request.number());
                }
            }
        };
        RequestLog.Watching watching = log.watch(more);
        sink.onClose(watching::close);
        more.run();
    }

    /**
     * How far a stream has come.
     *
     * @param log the name of the log that was read
     * @param at when the request came
     */
    record Mark(String log, long number, Instant at) {
        private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,20})-([0-9]{1,18})-([0-9]{1,15})");

        static Optional<Mark> read(String text) {
            Matcher form = FORM.matcher(text);
            return form.matches()
                    ? Optional.of(new Mark(
                            form.group(1),
                            Long.parseLong(form.group(2)),
                            Instant.ofEpochMilli(Long.parseLong(form.group(3)))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return log + "-" + number + "-" + at.toEpochMilli();
        }
    }
}
