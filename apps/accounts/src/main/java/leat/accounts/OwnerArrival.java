package leat.accounts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.RefusedException;
import leat.web.Paging;
import leat.web.Request;

/**
 * The steps behind the owner's link: account, first organization, session. Each may be repeated, under the ids that the
 * first link chose, so whatever a crash leaves undone the next attempt does.
 */
final class OwnerArrival implements FirstSignIn {
    private final Accounts accounts;
    private final SignIn signIn;

    OwnerArrival(Accounts accounts, SignIn signIn) {
        this.accounts = accounts;
        this.signIn = signIn;
    }

    @Override
    public Optional<String> url(String baseUrl) {
        OwnerLink link = accounts.ownerLinks().get(OwnerLink.ID).state();
        boolean canComeIn = OwnerLink.established(link)
                && OwnerLink.owner(link)
                        .filter(owner -> canComeIn(owner.userId()))
                        .isPresent();
        return canComeIn ? Optional.empty() : Optional.of(issue(baseUrl, false));
    }

    private boolean canComeIn(String userId) {
        boolean hasPassword = User.person(accounts.users().get(userId).state())
                .flatMap(User.Person::passwordHash)
                .isPresent();
        return hasPassword
                || !accounts.directory()
                        .sessions(userId, accounts.clock().instant(), new Paging(Optional.empty(), 1))
                        .isEmpty();
    }

    @Override
    public String newUrl(String baseUrl) {
        return issue(baseUrl, true);
    }

    private String issue(String baseUrl, boolean alone) {
        Secret secret = Secret.make(Secret.LINK, OwnerLink.ID);
        var owner = new OwnerLink.Owner(accounts.ids().next(), accounts.ids().next());
        Instant now = accounts.clock().instant();
        accounts.ownerLinks()
                .tell(
                        OwnerLink.ID,
                        new OwnerLink.Command.Issue(secret.hash(), owner, alone),
                        new Envelope(accounts.ids().nextCommand(), "owner-link", "system", now));
        return baseUrl + "/first-sign-in?link=" + secret.text();
    }

    /**
     * A link that is good.
     *
     * @param established whether the owner has come in before
     */
    record Opened(String secretHash, OwnerLink.Owner owner, boolean established) {}

    /** The link behind its secret. */
    Optional<Opened> open(String text) {
        return Secret.read(Secret.LINK, text)
                .filter(secret -> secret.id().equals(OwnerLink.ID))
                .flatMap(secret -> accounts.ownerLinks().get(OwnerLink.ID).state() instanceof OwnerLink.Open open
                                && open.links().stream()
                                        .anyMatch(link -> secret.matches(link.secretHash())
                                                && accounts.clock().instant().isBefore(link.expiresAt()))
                        ? Optional.of(new Opened(secret.hash(), open.owner(), open.established()))
                        : Optional.empty());
    }

    /** The owner's account, if it was opened before, be it whole or half. */
    Optional<User.Person> known(Opened link) {
        return User.person(accounts.users().get(link.owner().userId()).state());
    }

    /** @param password empty leaves the account without one, or with the one it has */
    record Form(String name, String organization, Optional<String> password) {
        @Override
        public String toString() {
            return "Form[" + name + ", " + organization + "]";
        }
    }

    /** The first time: opens the account, founds the organization, uses the link up, begins a session. */
    SignIn.Begun arrive(Opened link, Form form, Request request) {
        String userId = link.owner().userId();
        Optional<User.Person> known = known(link);
        String name = known.map(User.Person::name).orElseGet(() -> Names.canonical(form.name()));
        String organization = Names.canonical(form.organization());
        refuseWrong(known.isPresent(), name, organization, form.password());

        Optional<String> hash = form.password().map(accounts.passwords()::hash);
        String by = "user:" + userId;
        if (known.isEmpty()) {
            var register = new User.Command.Register(name, name, Optional.empty(), hash, true, About.Typed.NOTHING);
            accounts.tellAlso(accounts.users(), userId, register, request, by);
        } else if (hash.isPresent()) {
            accounts.tellAlso(accounts.users(), userId, new User.Command.SetPassword(hash.get()), request, by);
        }
        found(link, organization, request, by);
        return come(link, request);
    }

    private void found(Opened link, String organization, Request request, String by) {
        String id = link.owner().organizationId();
        if (accounts.organizations().get(id).state() instanceof Organization.Founded) {
            return;
        }
        String ownerId = link.owner().userId();
        try {
            Answer<Organization> _ = accounts.tellAlso(
                    accounts.organizations(),
                    id,
                    new Organization.Command.Found(
                            organization,
                            organization,
                            ownerId,
                            accounts.directory().memberships(ownerId)),
                    request,
                    by);
        } catch (RefusedException refused) {
            throw atOrganization(refused.refusal()).asException();
        }
    }

    /** Any later time: uses the link up and begins a session. */
    SignIn.Begun come(Opened link, Request request) {
        String userId = link.owner().userId();
        accounts.tellAlso(
                accounts.ownerLinks(),
                OwnerLink.ID,
                new OwnerLink.Command.Use(link.secretHash()),
                request,
                "user:" + userId);
        return signIn.begin(userId, request);
    }

    /** Says everything that is wrong at once, before anything is done. */
    private static void refuseWrong(boolean known, String name, String organization, Optional<String> password) {
        List<Violation> wrong = new ArrayList<>();
        if (!known) {
            Names.violation("name", name).ifPresent(wrong::add);
        }
        Names.violation("organization", organization).ifPresent(wrong::add);
        password.flatMap(it -> PasswordRule.violation("password", it, name)).ifPresent(wrong::add);
        if (!wrong.isEmpty()) {
            throw Refusal.invalid("first-sign-in.invalid", wrong.getFirst().message(), wrong)
                    .asException();
        }
    }

    /** The organization's name stands in a field of its own on this form. */
    private static Refusal atOrganization(Refusal refusal) {
        List<Violation> moved = refusal.violations().stream()
                .map(it -> new Violation("organization", it.code(), it.message()))
                .toList();
        return new Refusal(refusal.kind(), refusal.code(), refusal.message(), moved, refusal.details());
    }
}
