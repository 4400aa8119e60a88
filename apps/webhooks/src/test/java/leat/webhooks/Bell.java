package leat.webhooks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leat.accounts.api.FindOrganization;
import leat.accounts.api.Organization;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.EntityType;
import leat.kernel.Module;
import leat.kernel.Wire;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Doorkeeper;
import leat.web.Request;
import leat.web.Role;
import leat.web.outgoing.EventType;
import leat.web.outgoing.Publishing;

/**
 * A module that tells the outside of its events, and stands in for accounts: bells are rung; one whose id begins with
 * {@code secret} is told to nobody. Oda owns acme, Ada edits it, Zoe owns bolt.
 */
final class Bell implements Module, Doorkeeper {
    static final Organization ACME = new Organization("00000000ACME0", "acme", "Acme");
    static final Organization BOLT = new Organization("00000000B0LT0", "bolt", "Bolt");

    record Rang(String organization, int times) {}

    record Ring(String organization) {}

    record State(int times) {}

    record Sound(String bell, int times) {}

    static final EntityType<Ring, Rang, State> TYPE = EntityType.of(
                    "bell",
                    Decider.<Ring, Rang, State>of(
                            new State(0),
                            (command, state) -> Decision.accept(new Rang(command.organization(), state.times() + 1)),
                            (state, event) -> new State(event.times())),
                    Wire.of("bell.rang", Rang.class))
            .commands(Wire.of("bell.ring", Ring.class));

    @SuppressWarnings("NullAway.Init") // set while it is mounted
    Entities<Ring, Rang, State> bells;

    @Override
    public String name() {
        return "bells";
    }

    @Override
    public void define(Definition m) {
        bells = m.entity(TYPE);
        m.adds(EventType.class, new EventType("bell.rang", "A bell rang.", Sound.class));
        m.adds(EventType.class, new EventType("bell.cracked", "A bell cracked.", Sound.class));
        Publishing.of(m, "bells", this::told)
                .on(Rang.class, it -> Optional.of(it.event().organization()))
                .mount(m);
        m.serves(
                FindOrganization.class,
                question -> new FindOrganization.Found(List.of(ACME, BOLT).stream()
                        .filter(it -> question.name().equals(Optional.of(it.name())))
                        .findFirst()));
    }

    private Optional<Publishing.Told> told(Publishing.Reference event) {
        return bells.history(event.id(), event.version() - 1, 1).stream()
                .filter(it -> !event.id().startsWith("secret"))
                .findFirst()
                .map(it -> new Publishing.Told(
                        "bell.rang",
                        it.event().organization(),
                        new Sound(event.id(), it.event().times())));
    }

    @Override
    public Caller whoIs(Request request) {
        return request.header("authorization")
                .<Caller>map(line -> new Caller.Person(
                        line.substring(line.indexOf(' ') + 1).toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(' ') + 1),
                        false,
                        new Credential.Token("t1", Set.of("*"))))
                .orElseGet(Caller.Nobody::new);
    }

    @Override
    public Optional<Role> roleOf(Caller caller, String organizationId) {
        Map<String, Role> acme = Map.of("oda", Role.OWNER, "ada", Role.EDITOR);
        Map<String, Role> bolt = Map.of("zoe", Role.OWNER);
        return caller.id().flatMap(it -> Optional.ofNullable((organizationId.equals(ACME.id()) ? acme : bolt).get(it)));
    }
}
