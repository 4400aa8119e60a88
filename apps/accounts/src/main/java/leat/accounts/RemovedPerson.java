package leat.accounts;

import java.util.List;
import java.util.Optional;
import leat.kernel.Envelope;
import leat.kernel.Forgetting;
import leat.kernel.Ids;
import leat.kernel.TaskRun;
import leat.web.Paging;

/** What goes with a person who is removed: their sessions and tokens end, and they leave their organizations. */
final class RemovedPerson implements Forgetting {
    private static final int AT_ONCE = 200;

    private final Accounts accounts;

    RemovedPerson(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void forget(String person, TaskRun task) {
        for (Directory.Listed it : accounts.directory().organizationsOf(person)) {
            accounts.organizations().tell(it.id(), new Organization.Command.Forget(person), once(task, it.id()));
        }
        var all = new Paging(Optional.empty(), AT_ONCE);
        List<Directory.Browser> sessions =
                accounts.directory().sessions(person, accounts.clock().instant(), all);
        sessions.forEach(it -> accounts.sessions().tell(it.id(), new Session.Command.End(), once(task, it.id())));
        List<Directory.Key> tokens = accounts.directory().tokens(person, all);
        tokens.forEach(it -> accounts.tokens().tell(it.id(), new ApiToken.Command.Revoke(), once(task, it.id())));
        if (sessions.size() > AT_ONCE || tokens.size() > AT_ONCE) {
            throw new IllegalStateException("there are more sessions or tokens; the next attempt goes on");
        }
    }

    /** The same command for the same thing, however often this is tried. */
    private static Envelope once(TaskRun task, String id) {
        Envelope envelope = task.envelope(0);
        return new Envelope(
                Ids.derived(envelope.at(), task.id() + "/" + id),
                envelope.correlationId(),
                envelope.by(),
                envelope.at());
    }
}
