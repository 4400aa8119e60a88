package leat.web;

/** Asks a person whether a deed is meant, on a page whose form does it. */
@FunctionalInterface
public interface ConfirmationPages {

    /** The page that asks. Called on the request's virtual thread. */
    Response page(Confirmation asked, Request request);

    /** Says that it cannot ask, and does nothing. */
    static ConfirmationPages none() {
        return (asked, request) ->
                Response.text("text/plain; charset=utf-8", asked.question()).status(409);
    }
}
