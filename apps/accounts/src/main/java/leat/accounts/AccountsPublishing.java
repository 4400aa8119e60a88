package leat.accounts;

import java.util.Locale;
import java.util.Optional;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Recorded;
import leat.web.Role;
import leat.web.outgoing.EventType;
import leat.web.outgoing.Publishing;
import leat.web.outgoing.Publishing.Reference;
import leat.web.outgoing.Publishing.Told;

/** What the outside is told of organizations: who came, who went, and whose role changed, by the id of the person. */
final class AccountsPublishing {
    private AccountsPublishing() {}

    /** @param role empty of somebody who went */
    record MemberData(String user, Optional<String> role) {}

    static void mount(Definition m, Entities<Organization.Command, Organization.Event, Organization> organizations) {
        m.adds(EventType.class, new EventType("member.joined", "Somebody joined the organization.", MemberData.class));
        m.adds(
                EventType.class,
                new EventType("member.left", "Somebody left the organization, or was removed.", MemberData.class));
        m.adds(
                EventType.class,
                new EventType(
                        "member.role-changed", "A member of the organization got another role.", MemberData.class));
        Publishing.of(m, "accounts", event -> told(organizations, event))
                .on(Organization.Event.MemberJoined.class, AccountsPublishing::organization)
                .on(Organization.Event.MemberLeft.class, AccountsPublishing::organization)
                .on(Organization.Event.RoleChanged.class, AccountsPublishing::organization)
                .mount(m);
    }

    private static Optional<String> organization(Recorded<?> it) {
        return Optional.of(it.id());
    }

    private static Optional<Told> told(
            Entities<Organization.Command, Organization.Event, Organization> organizations, Reference event) {
        return organizations.history(event.id(), event.version() - 1, 1).stream()
                .findFirst()
                .flatMap(it -> data(it.event()))
                .map(it -> new Told(it.type(), event.id(), it.data()));
    }

    private record Typed(String type, MemberData data) {}

    private static Optional<Typed> data(Organization.Event event) {
        return switch (event) {
            case Organization.Event.MemberJoined it ->
                Optional.of(new Typed("member.joined", new MemberData(it.userId(), Optional.of(word(it.role())))));
            case Organization.Event.MemberLeft it ->
                Optional.of(new Typed("member.left", new MemberData(it.userId(), Optional.empty())));
            case Organization.Event.RoleChanged it ->
                Optional.of(
                        new Typed("member.role-changed", new MemberData(it.userId(), Optional.of(word(it.role())))));
            case Organization.Event.WasFounded _,
                    Organization.Event.Renamed _,
                    Organization.Event.Invited _,
                    Organization.Event.Withdrawn _ -> Optional.empty();
        };
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
