package leat.web;

import java.util.ArrayList;
import java.util.List;

/** What every routed answer tells the browser to forbid; a header that the answer sets itself is left alone. */
final class SecurityHeaders {
    static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

    private static final List<Response.Field> ALWAYS = List.of(
            new Response.Field("Content-Security-Policy", POLICY),
            new Response.Field("X-Content-Type-Options", "nosniff"),
            new Response.Field("Referrer-Policy", "same-origin"),
            new Response.Field("Cross-Origin-Opener-Policy", "same-origin"),
            new Response.Field("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
    private static final Response.Field TRANSPORT = new Response.Field("Strict-Transport-Security", "max-age=31536000");

    private SecurityHeaders() {}

    static List<Response.Field> forAnswer(Response response, Request request) {
        var headers = new ArrayList<Response.Field>(ALWAYS.size() + 3);
        for (Response.Field field : ALWAYS) {
            if (response.header(field.name()).isEmpty()) {
                headers.add(field);
            }
        }
        if (request.https()) {
            headers.add(TRANSPORT);
        }
        if (response.header("Cache-Control").isEmpty()) {
            boolean personal = request.caller() instanceof Caller.Person
                    || response.header("Set-Cookie").isPresent();
            headers.add(new Response.Field("Cache-Control", personal ? "no-store" : "no-cache"));
        }
        return headers;
    }
}
