package leat.accounts;

import java.time.Instant;
import leat.web.Role;

/**
 * An invitation that can still be accepted.
 *
 * @param invitedBy user name
 */
record InvitationView(String id, Role role, String invitedBy, Instant madeAt, Instant expiresAt) {}
