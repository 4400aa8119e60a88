package leat.accounts;

import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.FORBIDDEN;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Wire;

/**
 * A person who signs in. The name is claimed for good, for it stands in addresses and in the audit log; an e-mail address
 * is claimed while it is set.
 */
sealed interface User {
    /** Nobody has this id yet. */
    record Absent() implements User {}

    record Active(Person person) implements User {}

    /** Kept with everything, but may not come in. */
    record Suspended(Person person) implements User {}

    /**
     * @param passwordHash empty for a person who comes in by a link only
     * @param owner whether this person owns the installation
     */
    record Person(
            String name, String displayName, Optional<String> email, Optional<String> passwordHash, boolean owner) {
        @Override
        public String toString() {
            return "Person[" + name + "]";
        }
    }

    sealed interface Command {
        /** @param name canonical, see {@link Names#canonical} */
        record Register(
                String name, String displayName, Optional<String> email, Optional<String> passwordHash, boolean owner)
                implements Command {}

        record ChangeProfile(String displayName, Optional<String> email) implements Command {}

        record SetPassword(String passwordHash) implements Command {}

        record Suspend() implements Command {}

        record Restore() implements Command {}
    }

    sealed interface Event {
        record Registered(
                String name, String displayName, Optional<String> email, Optional<String> passwordHash, boolean owner)
                implements Event {}

        record ProfileChanged(String displayName, Optional<String> email) implements Event {}

        record PasswordSet(String passwordHash) implements Event {}

        record WasSuspended() implements Event {}

        record Restored() implements Event {}
    }

    EntityType<Command, Event, User> TYPE = EntityType.of(
                    "user",
                    Decider.of(new Absent(), User::decide, User::evolve),
                    Wire.of("user.registered", Event.Registered.class),
                    Wire.of("user.profile-changed", Event.ProfileChanged.class),
                    Wire.of("user.password-set", Event.PasswordSet.class),
                    Wire.of("user.suspended", Event.WasSuspended.class),
                    Wire.of("user.restored", Event.Restored.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, User user) {
        return switch (user) {
            case Absent _ -> decideAbsent(command);
            case Active(Person person) -> decideActive(command, person);
            case Suspended(Person person) -> decideSuspended(command, person);
        };
    }

    private static Decision<Event> decideAbsent(Command command) {
        return switch (command) {
            case Command.Register(var name, var displayName, var email, var hash, boolean owner) -> {
                var violations = Names.all(
                        Names.violation("name", name),
                        Names.lineViolation("displayName", displayName),
                        Names.emailViolation("email", email));
                if (!violations.isEmpty()) {
                    yield Decision.refuse(invalid(violations));
                }
                var accepted = Decision.<Event>accept(new Event.Registered(name, displayName, email, hash, owner))
                        .claim("user.name", name, nameTaken(name));
                yield email.isPresent() ? accepted.claim("user.email", email.get(), emailTaken()) : accepted;
            }
            case Command.ChangeProfile _, Command.SetPassword _, Command.Suspend _, Command.Restore _ ->
                Decision.refuse(absent());
        };
    }

    private static Decision<Event> decideActive(Command command, Person person) {
        return switch (command) {
            case Command.Register register -> again(register, person);
            case Command.ChangeProfile(var displayName, var email) -> change(person, displayName, email);
            case Command.SetPassword(String hash) -> Decision.accept(new Event.PasswordSet(hash));
            case Command.Suspend _ ->
                person.owner()
                        ? Decision.refuse(CONFLICT, "user.owner", "The owner of the installation cannot be suspended.")
                        : Decision.accept(new Event.WasSuspended());
            case Command.Restore _ -> Decision.alreadySo();
        };
    }

    private static Decision<Event> decideSuspended(Command command, Person person) {
        return switch (command) {
            case Command.Register register -> again(register, person);
            case Command.ChangeProfile _, Command.SetPassword _ -> Decision.refuse(suspended());
            case Command.Suspend _ -> Decision.alreadySo();
            case Command.Restore _ -> Decision.accept(new Event.Restored());
        };
    }

    /** The first steps of a sign-up may be repeated after a crash. */
    private static Decision<Event> again(Command.Register register, Person person) {
        return register.name().equals(person.name())
                ? Decision.alreadySo()
                : Decision.refuse(
                        CONFLICT,
                        "user.registered",
                        "This account exists already, under the name \"" + person.name() + "\".");
    }

    private static Decision<Event> change(Person person, String displayName, Optional<String> email) {
        var violations =
                Names.all(Names.lineViolation("displayName", displayName), Names.emailViolation("email", email));
        if (!violations.isEmpty()) {
            return Decision.refuse(invalid(violations));
        }
        if (displayName.equals(person.displayName()) && email.equals(person.email())) {
            return Decision.alreadySo();
        }
        var accepted = Decision.<Event>accept(new Event.ProfileChanged(displayName, email));
        if (email.equals(person.email())) {
            return accepted;
        }
        if (person.email().isPresent()) {
            accepted = accepted.release("user.email", person.email().get());
        }
        return email.isPresent() ? accepted.claim("user.email", email.get(), emailTaken()) : accepted;
    }

    static User evolve(User user, Event event) {
        return switch (event) {
            case Event.Registered(var name, var displayName, var email, var hash, boolean owner) ->
                new Active(new Person(name, displayName, email, hash, owner));
            case Event.ProfileChanged(var displayName, var email) -> {
                Person it = person(user).orElseThrow();
                yield new Active(new Person(it.name(), displayName, email, it.passwordHash(), it.owner()));
            }
            case Event.PasswordSet(String hash) -> {
                Person it = person(user).orElseThrow();
                yield new Active(new Person(it.name(), it.displayName(), it.email(), Optional.of(hash), it.owner()));
            }
            case Event.WasSuspended _ -> new Suspended(person(user).orElseThrow());
            case Event.Restored _ -> new Active(person(user).orElseThrow());
        };
    }

    /** The person behind any state but {@link Absent}. */
    static Optional<Person> person(User user) {
        return switch (user) {
            case Absent _ -> Optional.empty();
            case Active(Person person) -> Optional.of(person);
            case Suspended(Person person) -> Optional.of(person);
        };
    }

    static Refusal absent() {
        return Refusal.of(Refusal.Kind.ABSENT, "user.absent", "There is no such person.");
    }

    static Refusal suspended() {
        return Refusal.of(FORBIDDEN, "user.suspended", "This account is suspended; ask the owner of the installation.");
    }

    static Refusal nameTaken(String name) {
        String message = "\"" + name + "\" is taken; choose another name.";
        return new Refusal(
                CONFLICT,
                "user.name-taken",
                message,
                List.of(new Violation("name", "user.name-taken", message)),
                Map.of());
    }

    private static Refusal emailTaken() {
        String message = "This e-mail address belongs to another account already.";
        return new Refusal(
                CONFLICT,
                "user.email-taken",
                message,
                List.of(new Violation("email", "user.email-taken", message)),
                Map.of());
    }

    private static Refusal invalid(List<Violation> violations) {
        return Refusal.invalid("user.invalid", violations.getFirst().message(), violations);
    }
}
