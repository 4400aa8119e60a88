package leat.accounts;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.GONE;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Wire;
import leat.web.Role;

/**
 * People who work together: members with roles, and invitations that are still open. It always has an owner, and its
 * name is claimed for good.
 */
sealed interface Organization {
    /** Members of one organization. */
    int MAX_MEMBERS = 1_000;

    /**
     * Organizations that one person may be a member of. It is checked with the number that the {@link Directory} knows, so
     * requests at the same moment may pass it, by their number; lists show those too.
     */
    int MAX_MEMBERSHIPS = 200;

    /** Invitations that may be open at once. */
    int MAX_INVITATIONS = 100;

    /** Nothing has this id yet. */
    record Absent() implements Organization {}

    /** @param members role by user id, in order of joining; invitations by id */
    record Founded(String name, String displayName, Map<String, Role> members, Map<String, Invitation> invitations)
            implements Organization {
        /** Whether this person is its only owner. */
        boolean lastOwner(String userId) {
            return members.get(userId) == Role.OWNER
                    && members.values().stream()
                                    .filter(role -> role == Role.OWNER)
                                    .count()
                            == 1;
        }

        /** Who owns it when this person, its last owner, is gone; nobody when they are alone in it. */
        Optional<String> heir(String userId) {
            return members.entrySet().stream()
                    .filter(member -> !member.getKey().equals(userId))
                    .max(Comparator.comparing(Map.Entry::getValue))
                    .map(Map.Entry::getKey);
        }
    }

    /** An open way in. It ends by acceptance, withdrawal, or at {@code expiresAt}. */
    record Invitation(String secretHash, Role role, Instant expiresAt, String invitedBy) {}

    sealed interface Command {
        /**
         * @param name canonical, see {@link Names#canonical}
         * @param memberships organizations that the owner is a member of already
         */
        record Found(String name, String displayName, String ownerId, int memberships) implements Command {}

        record Rename(String displayName) implements Command {}

        record ChangeRole(String userId, Role role) implements Command {}

        /** A member goes, or is sent. */
        record RemoveMember(String userId) implements Command {}

        /** Takes a person out who is removed, also the last owner: the oldest of its highest members becomes one then. */
        record Forget(String userId) implements Command {}

        record Invite(String invitationId, String secretHash, Role role, Instant expiresAt, String invitedBy)
                implements Command {}

        record Withdraw(String invitationId) implements Command {}

        /** @param memberships organizations that this person is a member of already */
        record Accept(String invitationId, String userId, int memberships) implements Command {}
    }

    sealed interface Event {
        record WasFounded(String name, String displayName, String ownerId) implements Event {}

        record Renamed(String displayName) implements Event {}

        record RoleChanged(String userId, Role role) implements Event {}

        record MemberLeft(String userId) implements Event {}

        record Invited(String invitationId, String secretHash, Role role, Instant expiresAt, String invitedBy)
                implements Event {}

        record Withdrawn(String invitationId) implements Event {}

        /** The invitation is used up by this. */
        record MemberJoined(String userId, Role role, String invitationId) implements Event {}
    }

    EntityType<Command, Event, Organization> TYPE = EntityType.of(
                    "organization",
                    Decider.of(new Absent(), Organization::decide, Organization::evolve),
                    Wire.of("organization.founded", Event.WasFounded.class),
                    Wire.of("organization.renamed", Event.Renamed.class),
                    Wire.of("organization.role-changed", Event.RoleChanged.class),
                    Wire.of("organization.member-left", Event.MemberLeft.class),
                    Wire.of("organization.invited", Event.Invited.class),
                    Wire.of("organization.invitation-withdrawn", Event.Withdrawn.class),
                    Wire.of("organization.member-joined", Event.MemberJoined.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Organization organization, Envelope envelope) {
        return switch (organization) {
            case Absent _ -> decideAbsent(command);
            case Founded it -> decideFounded(command, it, envelope.at());
        };
    }

    private static Decision<Event> decideAbsent(Command command) {
        return switch (command) {
            case Command.Found(String name, String displayName, String ownerId, int memberships) -> {
                if (memberships >= MAX_MEMBERSHIPS) {
                    yield Decision.refuse(tooManyMemberships());
                }
                var violations =
                        Names.all(Names.violation("name", name), Names.lineViolation("displayName", displayName));
                yield violations.isEmpty()
                        ? Decision.<Event>accept(new Event.WasFounded(name, displayName, ownerId))
                                .claim("org.name", name, nameTaken(name))
                        : Decision.refuse(invalid(violations));
            }
            case Command.Rename _,
                    Command.ChangeRole _,
                    Command.RemoveMember _,
                    Command.Forget _,
                    Command.Invite _,
                    Command.Withdraw _,
                    Command.Accept _ -> Decision.refuse(absent());
        };
    }

    private static Decision<Event> decideFounded(Command command, Founded it, Instant now) {
        return switch (command) {
            case Command.Found found ->
                found.name().equals(it.name()) && it.members().containsKey(found.ownerId())
                        ? Decision.alreadySo()
                        : Decision.refuse(
                                CONFLICT,
                                "organization.founded",
                                "This organization exists already, under the name \"" + it.name() + "\".");
            case Command.Rename(String displayName) -> rename(it, displayName);
            case Command.ChangeRole(String userId, Role role) -> changeRole(it, userId, role);
            case Command.RemoveMember(String userId) -> removeMember(it, userId);
            case Command.Forget(String userId) -> forget(it, userId);
            case Command.Invite invite -> invite(it, invite, now);
            case Command.Withdraw(String invitationId) ->
                it.invitations().containsKey(invitationId)
                        ? Decision.accept(new Event.Withdrawn(invitationId))
                        : Decision.refuse(invitationAbsent());
            case Command.Accept accept -> accept(it, accept, now);
        };
    }

    private static Decision<Event> rename(Founded it, String displayName) {
        var violations = Names.all(Names.lineViolation("displayName", displayName));
        if (!violations.isEmpty()) {
            return Decision.refuse(invalid(violations));
        }
        return displayName.equals(it.displayName())
                ? Decision.alreadySo()
                : Decision.accept(new Event.Renamed(displayName));
    }

    private static Decision<Event> changeRole(Founded it, String userId, Role role) {
        Role before = it.members().get(userId);
        if (before == null) {
            return Decision.refuse(memberAbsent());
        }
        if (before == role) {
            return Decision.alreadySo();
        }
        return it.lastOwner(userId)
                ? Decision.refuse(lastOwner())
                : Decision.accept(new Event.RoleChanged(userId, role));
    }

    private static Decision<Event> removeMember(Founded it, String userId) {
        if (!it.members().containsKey(userId)) {
            return Decision.refuse(memberAbsent());
        }
        return it.lastOwner(userId) ? Decision.refuse(lastOwner()) : Decision.accept(new Event.MemberLeft(userId));
    }

    private static Decision<Event> forget(Founded it, String userId) {
        if (!it.members().containsKey(userId)) {
            return Decision.alreadySo();
        }
        var left = new Event.MemberLeft(userId);
        return it.lastOwner(userId)
                ? it.heir(userId)
                        .map(heir -> Decision.<Event>accept(new Event.RoleChanged(heir, Role.OWNER), left))
                        .orElseGet(() -> Decision.accept(left))
                : Decision.accept(left);
    }

    private static Decision<Event> invite(Founded it, Command.Invite invite, Instant now) {
        long open = it.invitations().values().stream()
                .filter(one -> one.expiresAt().isAfter(now))
                .count();
        return open < MAX_INVITATIONS
                ? Decision.accept(new Event.Invited(
                        invite.invitationId(),
                        invite.secretHash(),
                        invite.role(),
                        invite.expiresAt(),
                        invite.invitedBy()))
                : Decision.refuse(
                        CONFLICT,
                        "invitation.too-many",
                        MAX_INVITATIONS + " invitations are open; withdraw some that are no longer needed.");
    }

    private static Decision<Event> accept(Founded it, Command.Accept accept, Instant now) {
        String userId = accept.userId();
        Invitation invitation = it.invitations().get(accept.invitationId());
        if (invitation == null || !invitation.expiresAt().isAfter(now)) {
            return Decision.refuse(invitationGone());
        }
        if (it.members().containsKey(userId)) {
            return Decision.refuse(CONFLICT, "member.already", "You are a member of this organization already.");
        }
        if (accept.memberships() >= MAX_MEMBERSHIPS) {
            return Decision.refuse(tooManyMemberships());
        }
        return it.members().size() < MAX_MEMBERS
                ? Decision.accept(new Event.MemberJoined(userId, invitation.role(), accept.invitationId()))
                : Decision.refuse(
                        CONFLICT, "member.too-many", "An organization has at most " + MAX_MEMBERS + " members.");
    }

    static Organization evolve(Organization organization, Event event) {
        return switch (event) {
            case Event.WasFounded(String name, String displayName, String ownerId) ->
                new Founded(name, displayName, Map.of(ownerId, Role.OWNER), Map.of());
            case Event.Renamed(String displayName) -> {
                Founded it = founded(organization);
                yield new Founded(it.name(), displayName, it.members(), it.invitations());
            }
            case Event.RoleChanged(String userId, Role role) -> {
                Founded it = founded(organization);
                yield new Founded(it.name(), it.displayName(), with(it.members(), userId, role), it.invitations());
            }
            case Event.MemberLeft(String userId) -> {
                Founded it = founded(organization);
                yield new Founded(it.name(), it.displayName(), without(it.members(), userId), it.invitations());
            }
            case Event.Invited invited -> {
                Founded it = founded(organization);
                var invitation =
                        new Invitation(invited.secretHash(), invited.role(), invited.expiresAt(), invited.invitedBy());
                yield new Founded(
                        it.name(),
                        it.displayName(),
                        it.members(),
                        with(it.invitations(), invited.invitationId(), invitation));
            }
            case Event.Withdrawn(String invitationId) -> {
                Founded it = founded(organization);
                yield new Founded(it.name(), it.displayName(), it.members(), without(it.invitations(), invitationId));
            }
            case Event.MemberJoined(String userId, Role role, String invitationId) -> {
                Founded it = founded(organization);
                yield new Founded(
                        it.name(),
                        it.displayName(),
                        with(it.members(), userId, role),
                        without(it.invitations(), invitationId));
            }
        };
    }

    private static Founded founded(Organization organization) {
        return switch (organization) {
            case Absent _ -> throw new IllegalStateException("an organization is founded before anything else");
            case Founded it -> it;
        };
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        var more = new LinkedHashMap<>(map);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }

    private static <V> Map<String, V> without(Map<String, V> map, String key) {
        var fewer = new LinkedHashMap<>(map);
        fewer.remove(key);
        return Collections.unmodifiableMap(fewer);
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "organization.absent", "There is no such organization.");
    }

    static Refusal memberAbsent() {
        return Refusal.of(ABSENT, "member.absent", "There is no such member in this organization.");
    }

    static Refusal invitationAbsent() {
        return Refusal.of(ABSENT, "invitation.absent", "There is no such open invitation.");
    }

    static Refusal invitationGone() {
        return Refusal.of(
                GONE, "invitation.gone", "This invitation was used, withdrawn or has expired; ask for a new one.");
    }

    private static Refusal tooManyMemberships() {
        return Refusal.of(
                CONFLICT,
                "organization.too-many",
                "You are a member of " + MAX_MEMBERSHIPS + " organizations, the most there may be; leave one first.");
    }

    private static Refusal lastOwner() {
        return Refusal.of(
                CONFLICT,
                "organization.last-owner",
                "An organization keeps at least one owner; make somebody else an owner first.");
    }

    private static Refusal nameTaken(String name) {
        String message = "\"" + name + "\" is taken; choose another name.";
        return new Refusal(
                CONFLICT,
                "organization.name-taken",
                message,
                List.of(new Violation("name", "organization.name-taken", message)),
                Map.of());
    }

    private static Refusal invalid(List<Violation> violations) {
        return Refusal.invalid("organization.invalid", violations.getFirst().message(), violations);
    }
}
