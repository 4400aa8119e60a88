package leat.web.outgoing;

import leat.kernel.Ask;
import leat.kernel.Asks;
import leat.kernel.UnservedException;

/** Asks whether this Leat sends mail at all. */
public record MailReady() implements Ask<MailReady.Found> {
    /** @param ready whether a mail server is set */
    public record Found(boolean ready) {}

    /** The answer, also where nobody hosts the module of mail. */
    public static boolean in(Asks asks) {
        try {
            return asks.ask(new MailReady()).ready();
        } catch (UnservedException _) {
            return false;
        }
    }
}
