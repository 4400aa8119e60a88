package leat.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.HopelessException;
import leat.kernel.Module;
import leat.kernel.TaskPolicy;
import leat.kernel.View;
import leat.kernel.Wire;
import leat.web.Access;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Doorkeeper;
import leat.web.Figure;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.Routes;
import leat.web.ui.Icon;
import leat.web.ui.PageRoutes;
import leat.web.ui.Place;
import org.jspecify.annotations.Nullable;

/**
 * A small module to run the platform with: pets are named, and naming one asks for a task that is hopeless until {@link
 * #cured}. It lets in whoever sends the token "owner" or "ada".
 */
final class Pets implements Module, Doorkeeper {
    final AtomicBoolean cured = new AtomicBoolean();
    private @Nullable Entities<Name, Named, Pet> pets;

    record Pet(String name) {}

    record Name(String name) {}

    record Named(String name) {}

    @Override
    public String name() {
        return "pets";
    }

    @Override
    public void define(Definition m) {
        Decider<Name, Named, Pet> decider = Decider.of(
                new Pet(""),
                (command, pet) -> Decision.accept(new Named(command.name()))
                        .task("pets.greet", command.name(), command, Instant.EPOCH),
                (pet, event) -> new Pet(event.name()));
        pets = m.entity(EntityType.of("pet", decider, Wire.of("pet.named", Named.class)));
        m.view(View.named("pets.list", 1)
                .tables("create table pet (id text primary key, name text not null)")
                .on(Named.class, (sql, it) -> {
                    if (it.event().name().equals("poison") && !cured.get()) {
                        throw new IllegalStateException("this pet bites");
                    }
                    sql.execute(
                            "insert into pet values (?, ?)", it.id(), it.event().name());
                }));
        m.task("pets.greet", TaskPolicy.DEFAULT.backoff(Duration.ofMillis(1), Duration.ofMillis(1)), task -> {
            if (!cured.get()) {
                throw new HopelessException("no pet answers to " + task.key());
            }
        });
        m.adds(Doorkeeper.class, this);
        m.adds(Place.class, new Place("Pets", "/pets", Icon.GRID, 10));
        m.adds(Figure.class, new Figure("leat_pets_fed", "Pets fed", true, () -> 7));
        m.adds(
                Routes.class,
                Routes.of(List.of(Route.post("/api/pets/{id}", Access.signedIn(), this::named)
                        .summary("Name a pet")
                        .answers(201)
                        .refuses("pet.shy"))));
        m.adds(
                PageRoutes.class,
                pages -> List.of(Route.get(
                        "/pets",
                        Access.signedIn(),
                        request -> pages.page(request, "Pets", ui -> out -> out.writeContent("Rex")))));
    }

    private Response named(Request request) {
        Entities<Name, Named, Pet> ready = pets;
        if (ready == null) {
            throw new IllegalStateException("not mounted");
        }
        ready.tell(
                request.parameter("id"),
                new Name(request.text()),
                new Envelope(
                        UUID.randomUUID(), request.requestId(), request.person().userId(), Instant.now()));
        return Response.of(201);
    }

    @Override
    public Caller whoIs(Request request) {
        return switch (request.header("authorization").orElse("")) {
            case "Bearer owner" -> new Caller.Person("1", "olga", true, new Credential.Token("t1", Set.of("*")));
            case "Bearer ada" -> new Caller.Person("2", "ada", false, new Credential.Token("t2", Set.of("*")));
            default -> new Caller.Nobody();
        };
    }

    @Override
    public Optional<Role> roleOf(Caller caller, String organizationId) {
        return Optional.empty();
    }
}
