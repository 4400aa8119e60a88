package leat.web.outgoing;

import java.util.List;
import java.util.Optional;

/**
 * A mail to one person, as a module asks for it: the payload of the task {@link #SEND}, whose key is the address.
 *
 * @param to an e-mail address
 * @param subject one line
 * @param paragraphs plain text, one line or several each
 * @param link where to go from there
 */
public record Letter(String to, String subject, List<String> paragraphs, Optional<Link> link) {
    /** The task that sends a letter; the module of mail does it. */
    public static final String SEND = "mail.send";

    public Letter {
        paragraphs = List.copyOf(paragraphs);
    }

    /** @param url http or https */
    public record Link(String label, String url) {}

    /** The address alone. */
    @Override
    public String toString() {
        return "Letter[to " + to + "]";
    }
}
