package leat.accounts;

import java.util.List;
import java.util.Optional;
import leat.web.ui.FormState;
import leat.web.ui.Tab;

/**
 * What the page of an organization says.
 *
 * @param owner whether the caller is an owner of it
 * @param caller the caller's user name
 * @param link of an invitation that was made just now
 * @param refused what was refused about members
 */
record OrganizationModel(
        String name,
        String displayName,
        boolean owner,
        String caller,
        List<Directory.Member> members,
        Optional<String> next,
        List<InvitationView> invitations,
        Optional<String> link,
        FormState refused,
        List<Tab> tabs) {}
