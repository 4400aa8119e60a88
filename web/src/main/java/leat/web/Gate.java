package leat.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Kind;

/** Decides whether a request may reach its handler: it must not be forged by another site, and its sender must be allowed. */
final class Gate {
    private final Doorkeeper doorkeeper;

    Gate(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    static Refusal signInFirst() {
        return Refusal.of(Kind.UNAUTHENTICATED, "sign-in.required", "Sign in, or send a valid token, to do this.");
    }

    /** Passes, or throws the refusal. */
    void admit(Route route, Request request) {
        refuseForgery(request);
        switch (route.access()) {
            case Access.Anyone anyone -> {}
            case Access.SignedIn signedIn -> known(request);
            case Access.Owner owner -> {
                if (!known(request).owner()) {
                    throw forbidden("Only an owner of this installation may do this.");
                }
            }
            case Access.Member member -> {
                known(request);
                Role role = member.organizationId()
                        .apply(request)
                        .flatMap(organization -> doorkeeper.roleOf(request.caller(), organization))
                        .orElseThrow(() -> Refusal.of(
                                        Kind.ABSENT,
                                        route.absentCode(),
                                        "There is no such thing, or it is not yours to see.")
                                .asException());
                if (!role.includes(member.atLeast())) {
                    throw forbidden("This needs the role "
                            + member.atLeast().name().toLowerCase(Locale.ROOT) + "; yours is "
                            + role.name().toLowerCase(Locale.ROOT) + ".");
                }
            }
        }
    }

    private static Caller.Person known(Request request) {
        if (!(request.caller() instanceof Caller.Person person)) {
            throw signInFirst().asException();
        }
        if (person.credential() instanceof Credential.Token token) {
            String scope = scope(request);
            if (!token.covers(scope)) {
                throw Refusal.of(Kind.FORBIDDEN, "token.scope", "This token lacks the scope " + scope + ".")
                        .with("scope", scope)
                        .asException();
            }
        }
        return person;
    }

    /** What a token must cover: the module's scope under /api/; everything elsewhere, for pages are for people. */
    private static String scope(Request request) {
        String[] segments = PathPattern.split(request.path());
        return segments.length > 1 && segments[0].equals("api")
                ? segments[1] + (request.isSafe() ? ":read" : ":write")
                : "*";
    }

    /**
     * A browser sends its cookies whoever made it ask. A state-changing request must therefore not come from another site
     * (nor from a neighbouring host of ours, where mocks answer what their authors like), and in a session it must carry
     * the session's token, which other sites cannot read.
     */
    private static void refuseForgery(Request request) {
        if (request.isSafe()
                || (request.caller() instanceof Caller.Person person
                        && person.credential() instanceof Credential.Token)) {
            return;
        }
        if (isFromElsewhere(request)) {
            throw Refusal.of(
                            Kind.FORBIDDEN,
                            "csrf.cross-site",
                            "This request came from another site, so it was not done.")
                    .asException();
        }
        if (request.caller() instanceof Caller.Person person
                && person.credential() instanceof Credential.Session session) {
            String sent = request.header("x-csrf-token")
                    .or(() -> request.form().first("_csrf"))
                    .orElse("");
            if (session.csrfToken().isEmpty() || !sameSecret(sent, session.csrfToken())) {
                throw Refusal.of(
                                Kind.FORBIDDEN,
                                "csrf.token",
                                "The page that sent this is out of date; load it again and repeat.")
                        .asException();
            }
        }
    }

    private static boolean isFromElsewhere(Request request) {
        Optional<String> site = request.header("sec-fetch-site");
        if (site.isPresent() && !site.get().equals("same-origin") && !site.get().equals("none")) {
            return true;
        }
        return request.header("origin")
                .map(origin -> !sameAuthority(origin, request.header("host").orElse("")))
                .orElse(false);
    }

    private static boolean sameAuthority(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean sameSecret(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static RuntimeException forbidden(String message) {
        return Refusal.of(Kind.FORBIDDEN, "forbidden", message).asException();
    }
}
