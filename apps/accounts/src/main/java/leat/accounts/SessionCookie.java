package leat.accounts;

import java.util.Optional;
import leat.web.Cookie;
import leat.web.Request;

/**
 * The cookie that carries a session. Over https its name binds it to this very host, so that a neighbouring host, where
 * mocks answer what their authors like, cannot set it.
 */
final class SessionCookie {
    private static final String PLAIN = "leat";
    private static final String BOUND = "__Host-leat";

    private SessionCookie() {}

    static Optional<Secret> read(Request request) {
        return request.cookie(name(request)).flatMap(text -> Secret.read(Secret.SESSION, text));
    }

    static Cookie carrying(Secret secret, Request request) {
        return Cookie.of(name(request), secret.text()).keptFor(Session.LIFE).secure(request.https());
    }

    static Cookie removed(Request request) {
        return Cookie.removed(name(request)).secure(request.https());
    }

    private static String name(Request request) {
        return request.https() ? BOUND : PLAIN;
    }
}
