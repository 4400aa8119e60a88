package leat.web;

import gg.jte.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.Json;

/**
 * One answer: a status, header fields and a body; immutable, every method gives another.
 *
 * <p>Header names and values are checked here, so that nothing from outside can end a line and begin a header of its own.
 */
public final class Response {
    private final int status;
    private final List<Field> headers;
    private final Body body;

    private Response(int status, List<Field> headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** One header field as it is sent. */
    record Field(String name, String value) {}

    /** What follows the head. */
    sealed interface Body {
        record Empty() implements Body {}

        record Bytes(String contentType, byte[] bytes) implements Body {}

        record Stream(String contentType, Writer writer) implements Body {}

        record Events(Sse.Source source) implements Body {}
    }

    /**
     * Writes a body piece by piece, on a virtual thread.
     *
     * <p>Writing waits while the client is slow, and fails when it is gone. {@code flush} sends what was written so far.
     * A fault after the first bytes can no longer become a problem: the connection is cut, so that the client notices.
     */
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /** A bare status. */
    public static Response of(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("no status for an answer: " + status);
        }
        return new Response(status, List.of(), new Body.Empty());
    }

    /** 200 with a record as JSON. */
    public static Response ok(Object value) {
        return json(200, value);
    }

    /** 201 with the address of what was made, and what it is. */
    public static Response created(String location, Object value) {
        return json(201, value).header("Location", location);
    }

    /** 202 with a record as JSON: it will be done. */
    public static Response accepted(Object value) {
        return json(202, value);
    }

    public static Response json(int status, Object value) {
        return of(status).body("application/json", Json.bytes(value));
    }

    public static Response noContent() {
        return of(204);
    }

    /**
     * 303: look there, with GET.
     *
     * @param location a path of this server. What comes from outside belongs through {@link Request#next()} first
     * @throws IllegalArgumentException when it leads anywhere else
     */
    public static Response redirect(String location) {
        if (!Conditions.isOwnPath(location)) {
            throw new IllegalArgumentException("a redirect must stay on this server");
        }
        return of(303).header("Location", location);
    }

    /** 303 to another server, such as the one that signs people in; never give it what came with a request. */
    public static Response redirectAway(String absoluteUrl) {
        return of(303).header("Location", absoluteUrl);
    }

    /** 200 with a page or a part of one, rendered whole before anything is sent. */
    public static Response html(Content content) {
        return html(200, content);
    }

    public static Response html(int status, Content content) {
        return of(status).body(Html.MEDIA_TYPE, Html.whole(content));
    }

    /**
     * 200 with a page whose head leaves before its data is ready: at each {@link Html#later} what stands before it is
     * sent.
     */
    public static Response htmlInParts(Content content) {
        return stream(Html.MEDIA_TYPE, out -> Html.inParts(content, out));
    }

    public static Response text(String contentType, String text) {
        return of(200).body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** 200 with a body of unknown length. */
    public static Response stream(String contentType, Writer writer) {
        checked("Content-Type", contentType);
        return new Response(200, List.of(), new Body.Stream(contentType, writer));
    }

    /** 200 with server-sent events, for as long as both sides like. */
    public static Response events(Sse.Source source) {
        return new Response(200, List.of(), new Body.Events(source));
    }

    /** One page of a list, with the address of the next one in {@code Link} and the cursor in its JSON. */
    public static Response page(Request request, Page<?> page) {
        Response response = ok(page);
        return page.next()
                .map(cursor -> response.header("Link", "<" + Paging.nextUrl(request, cursor) + ">; rel=\"next\""))
                .orElse(response);
    }

    public Response body(String contentType, byte[] bytes) {
        checked("Content-Type", contentType);
        return new Response(status, headers, new Body.Bytes(contentType, bytes));
    }

    public Response status(int other) {
        return new Response(of(other).status, headers, body);
    }

    /** The version of the entity, to be sent back in If-Match. */
    public Response etag(long version) {
        return header("ETag", "\"" + version + "\"");
    }

    /**
     * Adds a header field.
     *
     * @throws IllegalArgumentException when name or value could not be sent as one field
     */
    public Response header(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(checked(name, value));
        return new Response(status, List.copyOf(more), body);
    }

    public Response cookie(Cookie cookie) {
        return header("Set-Cookie", cookie.headerValue());
    }

    public int status() {
        return status;
    }

    /** The first value of a header that was set, by its name in any case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /** The body when it is whole already; empty for one that is written later, or none. */
    public Optional<byte[]> bytes() {
        return body instanceof Body.Bytes whole ? Optional.of(whole.bytes()) : Optional.empty();
    }

    List<Field> headers() {
        return headers;
    }

    Body body() {
        return body;
    }

    Response withoutBody() {
        return new Response(status, headers, new Body.Empty());
    }

    private static Field checked(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(Response::isTokenCharacter)) {
            throw new IllegalArgumentException("no header can have this name");
        }
        if (!value.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\t')) {
            throw new IllegalArgumentException("the value of header " + name + " has characters that cannot be sent");
        }
        return new Field(name, value);
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
