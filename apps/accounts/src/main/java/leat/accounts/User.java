package leat.accounts;

import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.FORBIDDEN;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Subject;
import leat.kernel.Wire;

/**
 * A person who signs in. The name is claimed until they are removed, for it stands in addresses and in the audit log; an
 * e-mail address is claimed while it is set.
 */
sealed interface User {
    /** Nobody has this id yet. */
    record Absent() implements User {}

    record Active(Person person) implements User {}

    /** Kept with everything, but may not come in. */
    record Suspended(Person person) implements User {}

    /** Was forgotten: only that there was somebody is known. */
    record Removed() implements User {}

    /**
     * @param passwordHash empty for a person who comes in by a link only
     * @param owner whether this person owns the installation
     */
    record Person(
            String name,
            String displayName,
            Optional<String> email,
            Optional<String> passwordHash,
            boolean owner,
            About about) {
        @Override
        public String toString() {
            return "Person[" + name + "]";
        }
    }

    sealed interface Command {
        /** @param name canonical, see {@link Names#canonical} */
        record Register(
                String name,
                String displayName,
                Optional<String> email,
                Optional<String> passwordHash,
                boolean owner,
                About.Typed about)
                implements Command {}

        record ChangeProfile(String displayName, Optional<String> email, About.Typed about) implements Command {}

        record SetPassword(String passwordHash) implements Command {}

        record Suspend() implements Command {}

        record Restore() implements Command {}

        /**
         * For good: everything that is personal to them becomes unreadable, in all modules.
         *
         * @param id of this person
         */
        record Remove(String id) implements Command {}
    }

    sealed interface Event {
        record Registered(
                @Personal String name,
                @Personal String displayName,
                @Personal Optional<String> email,
                @Personal Optional<String> passwordHash,
                boolean owner)
                implements Event {}

        record ProfileChanged(
                @Personal String displayName, @Personal Optional<String> email) implements Event {}

        /** What they tell of themselves from now on. */
        record Introduced(
                @Personal Optional<LocalDate> born,
                @Personal Optional<String> bio) implements Event {}

        record PasswordSet(@Personal String passwordHash) implements Event {}

        record WasSuspended() implements Event {}

        record Restored() implements Event {}

        record WasRemoved() implements Event {}
    }

    EntityType<Command, Event, User> TYPE = EntityType.of(
                    "user",
                    Decider.of(new Absent(), User::decide, User::evolve),
                    Wire.of("user.registered", Event.Registered.class).about(Subject.entity()),
                    Wire.of("user.profile-changed", Event.ProfileChanged.class).about(Subject.entity()),
                    Wire.of("user.introduced", Event.Introduced.class).about(Subject.entity()),
                    Wire.of("user.password-set", Event.PasswordSet.class).about(Subject.entity()),
                    Wire.of("user.suspended", Event.WasSuspended.class),
                    Wire.of("user.restored", Event.Restored.class),
                    Wire.of("user.removed", Event.WasRemoved.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, User user, Envelope envelope) {
        LocalDate today = LocalDate.ofInstant(envelope.at(), ZoneOffset.UTC);
        return switch (user) {
            case Absent _ -> decideAbsent(command, today);
            case Active(Person person) -> decideActive(command, person, today, envelope.at());
            case Suspended(Person person) -> decideSuspended(command, person, envelope.at());
            case Removed _ -> command instanceof Command.Remove ? Decision.alreadySo() : Decision.refuse(absent());
        };
    }

    private static Decision<Event> decideAbsent(Command command, LocalDate today) {
        return switch (command) {
            case Command.Register(var name, var displayName, var email, var hash, boolean owner, var about) -> {
                var violations = violations(name, displayName, email, Optional.empty(), about, today);
                if (!violations.isEmpty()) {
                    yield Decision.refuse(invalid(violations));
                }
                List<Event> events = new ArrayList<>();
                events.add(new Event.Registered(name, displayName, email, hash, owner));
                introduced(About.NOTHING, about).ifPresent(events::add);
                var accepted = Decision.<Event>accept(events).claim("user.name", name, nameTaken(name));
                yield email.isPresent() ? accepted.claim("user.email", email.get(), emailTaken()) : accepted;
            }
            case Command.ChangeProfile _,
                    Command.SetPassword _,
                    Command.Suspend _,
                    Command.Restore _,
                    Command.Remove _ -> Decision.refuse(absent());
        };
    }

    private static Decision<Event> decideActive(Command command, Person person, LocalDate today, Instant at) {
        return switch (command) {
            case Command.Register register -> again(register, person);
            case Command.ChangeProfile change -> change(person, change, today);
            case Command.SetPassword(String hash) -> Decision.accept(new Event.PasswordSet(hash));
            case Command.Suspend _ ->
                person.owner()
                        ? Decision.refuse(CONFLICT, "user.owner", "The owner of the installation cannot be suspended.")
                        : Decision.accept(new Event.WasSuspended());
            case Command.Restore _ -> Decision.alreadySo();
            case Command.Remove(String id) -> remove(id, person, at);
        };
    }

    private static Decision<Event> decideSuspended(Command command, Person person, Instant at) {
        return switch (command) {
            case Command.Register register -> again(register, person);
            case Command.ChangeProfile _, Command.SetPassword _ -> Decision.refuse(suspended());
            case Command.Suspend _ -> Decision.alreadySo();
            case Command.Restore _ -> Decision.accept(new Event.Restored());
            case Command.Remove(String id) -> remove(id, person, at);
        };
    }

    /** The name is free again too, for it would tell of them. */
    private static Decision<Event> remove(String id, Person person, Instant at) {
        if (person.owner()) {
            return Decision.refuse(CONFLICT, "user.owner", "The owner of the installation cannot be removed.");
        }
        var accepted = Decision.<Event>accept(new Event.WasRemoved()).release("user.name", person.name());
        return (person.email().isPresent()
                        ? accepted.release("user.email", person.email().get())
                        : accepted)
                .forget(id, at);
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

    private static Decision<Event> change(Person person, Command.ChangeProfile to, LocalDate today) {
        Optional<String> email = to.email();
        var violations = Names.all(
                Names.lineViolation("displayName", to.displayName()),
                Names.emailViolation("email", email),
                to.about().bornViolation(today),
                to.about().bioViolation());
        if (!violations.isEmpty()) {
            return Decision.refuse(invalid(violations));
        }
        List<Event> events = new ArrayList<>();
        if (!to.displayName().equals(person.displayName()) || !email.equals(person.email())) {
            events.add(new Event.ProfileChanged(to.displayName(), email));
        }
        introduced(person.about(), to.about()).ifPresent(events::add);
        var accepted = Decision.<Event>accept(events);
        if (email.equals(person.email())) {
            return accepted;
        }
        if (person.email().isPresent()) {
            accepted = accepted.release("user.email", person.email().get());
        }
        return email.isPresent() ? accepted.claim("user.email", email.get(), emailTaken()) : accepted;
    }

    private static Optional<Event> introduced(About before, About.Typed told) {
        About now = told.checked();
        return now.equals(before) ? Optional.empty() : Optional.of(new Event.Introduced(now.born(), now.bio()));
    }

    /** All that is wrong with what a person says of themselves, in the order in which they are asked. */
    static List<Violation> violations(
            String name,
            String displayName,
            Optional<String> email,
            Optional<Violation> password,
            About.Typed about,
            LocalDate today) {
        return Names.all(
                Names.violation("name", name),
                Names.lineViolation("displayName", displayName),
                Names.emailViolation("email", email),
                password,
                about.bornViolation(today),
                about.bioViolation());
    }

    static User evolve(User user, Event event) {
        return switch (event) {
            case Event.Registered(var name, var displayName, var email, var hash, boolean owner) ->
                new Active(new Person(name, displayName, email, hash, owner, About.NOTHING));
            case Event.ProfileChanged(var displayName, var email) -> {
                Person it = person(user).orElseThrow();
                yield new Active(new Person(it.name(), displayName, email, it.passwordHash(), it.owner(), it.about()));
            }
            case Event.Introduced(var born, var bio) -> {
                Person it = person(user).orElseThrow();
                yield new Active(new Person(
                        it.name(), it.displayName(), it.email(), it.passwordHash(), it.owner(), new About(born, bio)));
            }
            case Event.PasswordSet(String hash) -> {
                Person it = person(user).orElseThrow();
                yield new Active(
                        new Person(it.name(), it.displayName(), it.email(), Optional.of(hash), it.owner(), it.about()));
            }
            case Event.WasSuspended _ -> new Suspended(person(user).orElseThrow());
            case Event.Restored _ -> new Active(person(user).orElseThrow());
            case Event.WasRemoved _ -> new Removed();
        };
    }

    /** The person behind any state, if there is one. */
    static Optional<Person> person(User user) {
        return switch (user) {
            case Absent _ -> Optional.empty();
            case Active(Person person) -> Optional.of(person);
            case Suspended(Person person) -> Optional.of(person);
            case Removed _ -> Optional.empty();
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

    static Refusal invalid(List<Violation> violations) {
        return Refusal.invalid("user.invalid", violations.getFirst().message(), violations);
    }
}
