package leat.mocks;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import leat.mocks.serving.LoggedRequest;
import leat.mocks.serving.RequestLog;
import leat.web.Request;
import leat.web.Response;
import leat.web.Sse;

/**
 * Follows one mock live. A stream's ids are the numbers of requests, so that one that comes back gets those that it missed,
 * as far as they are remembered.
 */
final class MockEvents {
    private final Mocks mocks;

    MockEvents(Mocks mocks) {
        this.mocks = mocks;
    }

    Response requests(Request request) {
        String id = mocks.find(request.parameter("id")).id();
        return Response.events(sink -> follow(id, sink, false, MockEvents::send));
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
            follow(mock.id(), sink, false, MockEvents::send);
        });
    }

    private static void send(Sse.Sink sink, LoggedRequest request) {
        sink.send(Long.toString(request.number()), "request", MocksApi.json(request));
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
        RequestLog log = mocks.log(id);
        // A number beyond the newest comes from before a restart, after which counting began anew.
        var seen = new AtomicLong(sink.lastEventId()
                .flatMap(MockEvents::number)
                .filter(number -> number <= log.last())
                .orElse(onlyNew ? log.last() : 0L));
        Runnable more = () -> {
            synchronized (seen) {
                for (LoggedRequest request : log.after(seen.get())) {
                    send.accept(sink, request);
                    seen.set(request.number());
                }
            }
        };
        RequestLog.Watching watching = log.watch(more);
        sink.onClose(watching::close);
        more.run();
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
