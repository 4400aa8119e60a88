package leat.notes;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import leat.accounts.api.MembersOf;
import leat.accounts.api.NamesOf;
import leat.kernel.Asks;

/** What people are called, for pages that say who did something. */
record People(Asks asks) {
    /** Who is in an organization, by name; at most {@link MembersOf#MAX}. */
    List<MembersOf.Member> members(String organization) {
        return asks.ask(new MembersOf(organization)).members();
    }

    /** @param persons as notes remember them, {@code user:<id>} */
    Names named(Collection<String> persons) {
        return new Names(asks.ask(new NamesOf(
                        persons.stream().map(NoteJson::userId).distinct().toList()))
                .names());
    }

    /** Some people's names. */
    record Names(Map<String, String> byUserId) {
        String of(String person) {
            return byUserId.getOrDefault(NoteJson.userId(person), "Somebody who left");
        }
    }
}
