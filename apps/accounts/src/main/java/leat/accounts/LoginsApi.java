package leat.accounts;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import leat.kernel.Answer;
import leat.kernel.Ids;
import leat.web.Access;
import leat.web.RateLimiter;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** How a command line gets a token: it asks, a person approves in the browser, it collects. */
final class LoginsApi {
    /** Logins that may be asked for in {@link #PERIOD} by everybody together: each is an event that a stranger writes. */
    static final int TOGETHER = 300;

    static final Duration PERIOD = Duration.ofMinutes(10);

    /** How often a command line should ask whether it is approved. */
    private static final int INTERVAL_SECONDS = 2;

    /** Consonants, so that no code is a word; 20 to the power of 8 is about 2 to the power of 34. */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int CODE_LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Accounts accounts;
    private final SignIn signIn;
    private final TokensApi tokens;
    private final Supplier<String> baseUrl;
    private final RateLimiter together;

    LoginsApi(
            Accounts accounts, SignIn signIn, TokensApi tokens, Supplier<String> baseUrl, LongSupplier nanos) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.tokens = tokens;
        this.baseUrl = baseUrl;
        this.together = new RateLimiter(TOGETHER, PERIOD, 1, nanos);
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/accounts/logins", Access.anyone(), this::ask)
                        .summary("Ask to be let in; show the person the code and the address")
                        .takes(NewLogin.class)
                        .answers(201, MadeLogin.class)
                        .refuses("login.invalid", "rate.exhausted"),
                Route.post("/api/accounts/logins/{id}/token", Access.anyone(), this::collect)
                        .summary("Collect the token once a person has approved; 202 until then")
                        .takes(Collection.class)
                        .answers(200, Collected.class)
                        .refuses("login.gone"));
    }

    /** @param label what the asking machine calls itself, 1 to 80 characters on one line */
    record NewLogin(String label) {}

    record MadeLogin(
            String id, String secret, String code, String url, Instant expiresAt, int intervalSeconds) {
        @Override
        public String toString() {
            return "MadeLogin[" + id + "]";
        }
    }

    record Collection(String secret) {
        @Override
        public String toString() {
            return "Collection[…]";
        }
    }

    record Collected(String token, CollectedBy user) {
        @Override
        public String toString() {
            return "Collected[" + user.name() + "]";
        }
    }

    record CollectedBy(String id, String name, String displayName) {}

    record StillPending(String status) {}

    private Response ask(Request request) {
        signIn.countStranger(request);
        together.pass("");
        String label = request.json(NewLogin.class).label();
        Secret secret = Secret.make(Secret.LOGIN, accounts.ids().next());
        String code = code();
        Answer<Login> answer = accounts.tellAlso(
                accounts.logins(),
                secret.id(),
                new Login.Command.Ask(secret.hash(), code, label),
                request,
                Sender.by(request.caller()));
        if (!(answer.state() instanceof Login.Pending pending)) {
            throw Login.gone().asException();
        }
        String shown = shown(code);
        return Response.created(
                "/api/accounts/logins/" + secret.id(),
                new MadeLogin(
                        secret.id(),
                        secret.text(),
                        shown,
                        baseUrl.get() + "/login/" + shown,
                        pending.expiresAt(),
                        INTERVAL_SECONDS));
    }

    private Response collect(Request request) {
        String id = request.parameter("id");
        Secret secret = Secret.read(
                        Secret.LOGIN, request.json(Collection.class).secret())
                .filter(it -> it.id().equals(id))
                .orElseThrow(() -> Login.gone().asException());
        Login login = accounts.logins().get(id).state();
        if (login instanceof Login.Pending pending
                && secret.matches(pending.secretHash())
                && accounts.clock().instant().isBefore(pending.expiresAt())) {
            return Response.accepted(new StillPending("pending"));
        }
        if (!(login instanceof Login.Approved approved) || !secret.matches(approved.secretHash())) {
            throw Login.gone().asException();
        }
        return Response.ok(collected(id, approved, request));
    }

    /** Marks the login as collected before the token is made: of two that come at once, one gets a token. */
    private Collected collected(String id, Login.Approved approved, Request request) {
        if (!(accounts.users().get(approved.userId()).state() instanceof User.Active(User.Person person))) {
            throw Login.gone().asException();
        }
        tokens.requireRoom(approved.userId());
        String by = "user:" + approved.userId();
        accounts.tellAlso(accounts.logins(), id, new Login.Command.Collect(), request, by);
        Secret token = Secret.make(Secret.TOKEN, accounts.ids().next());
        accounts.tellAlso(
                accounts.tokens(),
                token.id(),
                new ApiToken.Command.Make(
                        approved.userId(), approved.label(), Set.of("*"), token.hash(), Optional.empty()),
                request,
                by);
        return new Collected(
                token.text(), new CollectedBy(approved.userId(), person.name(), person.displayName()));
    }

    /** The login behind a code as it was typed or linked: dash or not, upper or lower case. */
    Optional<Directory.Asking> waiting(String typed) {
        String code = typed.replace("-", "").strip().toUpperCase(Locale.ROOT);
        return accounts.directory().login(code, accounts.clock().instant()).filter(it -> Ids.isId(it.id()));
    }

    private static String code() {
        var code = new StringBuilder(CODE_LENGTH);
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    private static String shown(String code) {
        return code.substring(0, 4) + "-" + code.substring(4);
    }
}
