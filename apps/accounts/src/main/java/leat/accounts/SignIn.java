package leat.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import leat.kernel.Answer;
import leat.kernel.Refusal;
import leat.web.Cookie;
import leat.web.Paging;
import leat.web.RateLimiter;
import leat.web.Request;

/**
 * Coming in: by password, or by whatever else proves who somebody is; all ways end at {@link #begin}.
 *
 * <p>Wrong password, unknown name and suspended account are told apart neither by the answer nor by the work done for it.
 */
final class SignIn {
    /** Attempts from one address in {@link #PERIOD}; for IPv6, from one network of 64 bits. */
    static final int BY_ADDRESS = 30;

    /** Attempts on one name in {@link #PERIOD}. */
    static final int BY_NAME = 10;

    static final Duration PERIOD = Duration.ofMinutes(5);

    /** Addresses, and names, that are remembered. */
    private static final int KEYS = 10_000;

    /** Characters of a name that is looked up at all. */
    private static final int MAX_TYPED = Names.MAX_EMAIL;

    private final Accounts accounts;
    private final RateLimiter byAddress;
    private final RateLimiter byName;

    SignIn(Accounts accounts, LongSupplier nanos) {
        this.accounts = accounts;
        this.byAddress = new RateLimiter(BY_ADDRESS, PERIOD, KEYS, nanos);
        this.byName = new RateLimiter(BY_NAME, PERIOD, KEYS, nanos);
    }

    /** A session that has begun, and what the browser must keep. */
    record Begun(String userId, Secret secret, Cookie cookie) {
        /** What state-changing requests of this session must carry. */
        String csrfToken() {
            return secret.derived("csrf");
        }
    }

    /**
     * Proves a person by name or e-mail address and password.
     *
     * @return the user id
     * @throws leat.kernel.RefusedException with {@code sign-in.failed}, or {@code rate.exhausted}
     * @throws leat.kernel.OverloadedException when too many sign in at once
     */
    String byPassword(String typedName, String password, Request request) {
        String name = Names.canonical(typedName);
        byAddress.pass(network(request.remoteAddress()));
        byName.pass(name.length() > MAX_TYPED ? "" : name);
        Optional<String> found = name.length() > MAX_TYPED ? Optional.empty() : find(name);
        User user = found.map(id -> accounts.users().get(id).state()).orElseGet(User.Absent::new);
        Optional<String> hash = User.person(user).flatMap(User.Person::passwordHash);
        String tried = password.length() > PasswordRule.MAX ? "" : password;
        boolean right = accounts.passwords().matches(tried, hash);
        if (!right || !(user instanceof User.Active)) {
            throw failed().asException();
        }
        return found.orElseThrow();
    }

    /** Checks the password of somebody who is in already; counted like signing in. */
    void again(String userId, String password, Request request) {
        byName.pass("again " + userId);
        Optional<String> hash =
                User.person(accounts.users().get(userId).state()).flatMap(User.Person::passwordHash);
        if (password.length() > PasswordRule.MAX || !accounts.passwords().matches(password, hash)) {
            String message = "That is not your present password.";
            throw Refusal.invalid(
                            "password.wrong",
                            message,
                            List.of(new Refusal.Violation("current", "password.wrong", message)))
                    .asException();
        }
    }

    /** Counts something that strangers may ask for, such as opening links or asking for logins. */
    void countStranger(Request request) {
        byAddress.pass("stranger " + network(request.remoteAddress()));
    }

    /** Begins a session for somebody who has proved who they are, in whatever way. */
    Begun begin(String userId, Request request) {
        Secret secret = Secret.make(Secret.SESSION, accounts.ids().next());
        Answer<Session> _ = accounts.tellAlso(
                accounts.sessions(),
                secret.id(),
                new Session.Command.Begin(userId, secret.hash(), Agent.summary(request.header("user-agent"))),
                request,
                "user:" + userId);
        return new Begun(userId, secret, SessionCookie.carrying(secret, request));
    }

    /** Ends a person's sessions but the one they use, after their password changed. */
    void endOthers(String userId, Optional<String> keptSessionId, Request request) {
        var live = accounts.directory()
                .sessions(userId, accounts.clock().instant(), new Paging(Optional.empty(), 200));
        for (Directory.Browser session : live) {
            if (!Optional.of(session.id()).equals(keptSessionId)) {
                accounts.tellAlso(
                        accounts.sessions(),
                        session.id(),
                        new Session.Command.End(),
                        request,
                        Sender.by(request.caller()));
            }
        }
    }

    private Optional<String> find(String nameOrEmail) {
        if (!nameOrEmail.contains("@")) {
            return accounts.directory().personNamed(nameOrEmail).map(Directory.Face::id);
        }
        return accounts.directory().peopleWithEmail(nameOrEmail).stream()
                .filter(id -> User.person(accounts.users().get(id).state())
                        .flatMap(User.Person::email)
                        .equals(Optional.of(nameOrEmail)))
                .findFirst();
    }

    static Refusal failed() {
        return Refusal.of(
                Refusal.Kind.UNAUTHENTICATED, "sign-in.failed", "This name and password do not belong together.");
    }

    /** An IPv4 address as it is; of an IPv6 address the network, for its holder has all the addresses in it. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        String[] groups = address.split(":", -1);
        int kept = Math.min(4, groups.length);
        return String.join(":", List.of(groups).subList(0, kept));
    }
}
