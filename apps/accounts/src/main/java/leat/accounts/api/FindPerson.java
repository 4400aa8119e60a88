package leat.accounts.api;

import java.util.Optional;
import leat.kernel.Ask;

/** Asks who somebody is and where mail reaches them; exact. */
public record FindPerson(String userId) implements Ask<FindPerson.Found> {

    /** @param email empty when they gave none */
    public record Person(String displayName, Optional<String> email) {
        @Override
        public String toString() {
            return "Person[" + displayName + "]";
        }
    }

    /** Empty for somebody who is not known, or may not come in. */
    public record Found(Optional<Person> person) {}
}
