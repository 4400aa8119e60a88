package leat.web;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Knows which requests other servers answer. Asked after this server's own front doors and before its routes, for each
 * request that was not passed on already.
 */
@FunctionalInterface
public interface Elsewhere {

    /**
     * The servers that answer a request, best first: none when nobody does at this moment, and empty when it is to be
     * answered here. Called on an event loop, so it must not block.
     *
     * @param host lower case, without a port; empty when the client named none
     * @param path as sent, without the query
     */
    Optional<List<InetSocketAddress>> serving(String host, String path);
}
