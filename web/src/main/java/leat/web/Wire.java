package leat.web;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The answering side of one request, for any thread; what is done after the client left has no effect. */
interface Wire {
    /** Sends a whole answer. */
    void answer(int status, List<Response.Field> headers, byte[] body);

    /** Sends the head of an answer that has no body but states the length that one would have. */
    void answerHead(int status, List<Response.Field> headers, long length);

    /** Sends a head; pieces follow. */
    void begin(int status, List<Response.Field> headers);

    /** Sends a piece; completes when it left for the network, fails when it never will. */
    CompletableFuture<Void> write(byte[] bytes);

    /** Ends an answer that was begun. */
    void end();

    /** Breaks off, so that the client sees that the answer is not whole. */
    void cut();

    /** Runs once, on the event loop, when the connection is gone or the answer was ended. */
    void onClose(Runnable action);
}
