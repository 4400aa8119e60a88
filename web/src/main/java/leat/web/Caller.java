package leat.web;

import java.util.Optional;

/** Who sent a request, as the {@link Doorkeeper} recognized them. */
public sealed interface Caller {

    /** Nobody known: no credential, or one that is not good (any more). */
    record Nobody() implements Caller {}

    /** @param owner whether this person owns the installation, which is more than owning an organization */
    record Person(String userId, String userName, boolean owner, Credential credential) implements Caller {}

    /** The user id, empty for nobody. */
    default Optional<String> id() {
        return this instanceof Person person ? Optional.of(person.userId()) : Optional.empty();
    }
}
