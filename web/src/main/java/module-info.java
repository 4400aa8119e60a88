/** The HTTP interface: routes, access, answers, live streams and the doors in front, over an event-driven listener. */
module leat.web {
    requires transitive leat.kernel;
    requires transitive gg.jte.runtime;
    requires io.vertx.core;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.codec;
    requires io.netty.codec.http;

    exports leat.web;
    exports leat.web.outgoing;
    exports leat.web.ui;
}
