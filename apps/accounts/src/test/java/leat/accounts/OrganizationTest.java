package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import leat.accounts.Organization.Command;
import leat.accounts.Organization.Event;
import leat.web.Role;
import org.junit.jupiter.api.Test;

class OrganizationTest {
    private static final Instant LATER = Given.NOW.plus(Duration.ofDays(7));
    private static final Event ACME = new Event.WasFounded("acme", "Acme", "olga");
    private static final Event INVITED = new Event.Invited("i1", "hash", Role.EDITOR, LATER, "olga");
    private static final Event EVA = new Event.MemberJoined("eva", Role.EDITOR, "i1");

    private static Given<Command, Event, Organization> given(Event... events) {
        return new Given<>(Organization.TYPE.decider(), events);
    }

    @Test
    void founding_claims_the_name_and_makes_the_founder_owner() {
        given().when(new Command.Found("acme", "Acme", "olga", 0)).then(ACME).claiming("+org.name acme");
    }

    @Test
    void founding_with_a_reserved_name_is_refused() {
        given().when(new Command.Found("assets", "", "olga", 0)).refused("organization.invalid", "name", "displayName");
    }

    @Test
    void founding_again_by_the_same_person_is_already_so() {
        given(ACME).when(new Command.Found("acme", "Acme", "olga", 0)).then();
        given(ACME).when(new Command.Found("other", "Acme", "olga", 0)).refused("organization.founded");
    }

    @Test
    void nothing_else_can_happen_before_the_founding() {
        given().when(new Command.Rename("Acme")).refused("organization.absent");
        given().when(new Command.Accept("i1", "eva", 0)).refused("organization.absent");
    }

    @Test
    void renaming_changes_what_is_shown() {
        given(ACME).when(new Command.Rename("Acme Works")).then(new Event.Renamed("Acme Works"));
        given(ACME).when(new Command.Rename("Acme")).then();
        given(ACME).when(new Command.Rename("")).refused("organization.invalid", "displayName");
    }

    @Test
    void an_invitation_is_accepted_once_with_its_role() {
        given(ACME, INVITED).when(new Command.Accept("i1", "eva", 0)).then(EVA);
        given(ACME, INVITED, EVA).when(new Command.Accept("i1", "eve", 0)).refused("invitation.gone");
    }

    @Test
    void an_invitation_is_gone_when_it_expires() {
        given(ACME, INVITED).when(new Command.Accept("i1", "eva", 0), LATER).refused("invitation.gone");
        given(ACME, INVITED)
                .when(new Command.Accept("i1", "eva", 0), LATER.minusMillis(1))
                .then(EVA);
    }

    @Test
    void a_withdrawn_invitation_cannot_be_accepted() {
        Event withdrawn = new Event.Withdrawn("i1");
        given(ACME, INVITED).when(new Command.Withdraw("i1")).then(withdrawn);
        given(ACME, INVITED, withdrawn).when(new Command.Accept("i1", "eva", 0)).refused("invitation.gone");
        given(ACME, INVITED, withdrawn).when(new Command.Withdraw("i1")).refused("invitation.absent");
    }

    @Test
    void a_member_accepts_no_second_invitation() {
        given(ACME, INVITED).when(new Command.Accept("i1", "olga", 0)).refused("member.already");
    }

    @Test
    void a_hundred_invitations_may_be_open_and_expired_ones_do_not_count() {
        List<Event> events = new ArrayList<>(List.of(ACME));
        for (int i = 0; i < Organization.MAX_INVITATIONS; i++) {
            events.add(new Event.Invited("i" + i, "hash" + i, Role.VIEWER, LATER, "olga"));
        }
        Command invite = new Command.Invite("more", "hash", Role.VIEWER, LATER.plusSeconds(9), "olga");
        given(events.toArray(Event[]::new)).when(invite).refused("invitation.too-many");
        given(events.toArray(Event[]::new))
                .when(invite, LATER)
                .then(new Event.Invited("more", "hash", Role.VIEWER, LATER.plusSeconds(9), "olga"));
    }

    @Test
    void a_thousand_members_are_enough() {
        List<Event> events = new ArrayList<>(List.of(ACME));
        for (int i = 1; i < Organization.MAX_MEMBERS; i++) {
            events.add(new Event.MemberJoined("m" + i, Role.VIEWER, "j" + i));
        }
        events.add(INVITED);
        given(events.toArray(Event[]::new))
                .when(new Command.Accept("i1", "eva", 0))
                .refused("member.too-many");
    }

    @Test
    void two_hundred_organizations_are_enough_for_a_person() {
        int most = Organization.MAX_MEMBERSHIPS;
        given().when(new Command.Found("acme", "Acme", "olga", most - 1)).then(ACME);
        given().when(new Command.Found("acme", "Acme", "olga", most)).refused("organization.too-many");
        given(ACME, INVITED).when(new Command.Accept("i1", "eva", most - 1)).then(EVA);
        given(ACME, INVITED).when(new Command.Accept("i1", "eva", most)).refused("organization.too-many");
    }

    @Test
    void the_last_owner_can_neither_leave_nor_be_demoted() {
        given(ACME, INVITED, EVA).when(new Command.RemoveMember("olga")).refused("organization.last-owner");
        given(ACME, INVITED, EVA)
                .when(new Command.ChangeRole("olga", Role.EDITOR))
                .refused("organization.last-owner");
    }

    @Test
    void one_of_two_owners_may_go() {
        Event promoted = new Event.RoleChanged("eva", Role.OWNER);
        given(ACME, INVITED, EVA)
                .when(new Command.ChangeRole("eva", Role.OWNER))
                .then(promoted);
        given(ACME, INVITED, EVA, promoted)
                .when(new Command.RemoveMember("olga"))
                .then(new Event.MemberLeft("olga"));
        given(ACME, INVITED, EVA, promoted, new Event.MemberLeft("olga"))
                .when(new Command.RemoveMember("eva"))
                .refused("organization.last-owner");
    }

    @Test
    void a_role_that_one_has_is_no_event_and_a_stranger_has_none() {
        given(ACME, INVITED, EVA)
                .when(new Command.ChangeRole("eva", Role.EDITOR))
                .then();
        given(ACME).when(new Command.ChangeRole("eva", Role.EDITOR)).refused("member.absent");
        given(ACME).when(new Command.RemoveMember("eva")).refused("member.absent");
    }
}
