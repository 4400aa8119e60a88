package leat.mail;

import java.util.Optional;
import leat.kernel.Definition;
import leat.kernel.Module;
import leat.kernel.TaskPolicy;
import leat.web.outgoing.Letter;
import leat.web.outgoing.MailReady;

/** Sends letters when a mail server is set; otherwise it says that it does not, and drops what was asked for before. */
public final class MailModule implements Module {
    private final Optional<MailSettings> settings;

    /** @param settings empty when no mail is sent */
    public MailModule(Optional<MailSettings> settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void define(Definition m) {
        m.serves(MailReady.class, _ -> new MailReady.Found(settings.isPresent()));
        if (settings.isPresent()) {
            m.task(Letter.SEND, Postman.POLICY, new Postman(settings.get())::run);
        } else {
            m.task(Letter.SEND, TaskPolicy.DEFAULT, _ -> {});
        }
    }
}
