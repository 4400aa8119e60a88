package leat.web;

/**
 * Takes requests before routing and answers them on the event loop: no thread, no access log, no request id, no header but
 * its own.
 *
 * <p>Both methods run on an event loop, of which there are a few, shared by all connections: they must never block, nor
 * compute for more than a fraction of a millisecond. Each request stays on one loop; different requests come on different
 * loops at the same time.
 */
public interface FrontDoor {

    /**
     * Whether this door takes the request.
     *
     * @param host lower case, without a port; empty when the client named none
     * @param path as sent, without the query
     */
    boolean takes(String host, String path);

    /**
     * Answers a request that was taken, now or later. What it throws becomes a bare 500 when nothing was sent, and cuts the
     * connection otherwise.
     */
    void serve(Exchange exchange);
}
