package leat.accounts.api;

import java.util.List;
import leat.kernel.Ask;
import leat.web.Role;

/** Asks who is in an organization, so that something can be shared with one of them; someone who came a moment ago may be missing. */
public record MembersOf(String organizationId) implements Ask<MembersOf.Found> {
    /** Members that are told of, the first by name. */
    public static final int MAX = 1_000;

    /** @param name lower-case, unique: what people sign in with */
    public record Member(String userId, String name, String displayName, Role role) {}

    /** By name; nobody when there is no such organization. */
    public record Found(List<Member> members) {
        public Found {
            members = List.copyOf(members);
        }
    }
}
