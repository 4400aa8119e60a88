package leat.web;

import java.util.List;
import java.util.Optional;

/**
 * Everything that a server serves.
 *
 * @param frontDoors asked first, in order, for each request; the first that takes it keeps it
 * @param elsewhere asked next, where some requests are passed on to other servers
 */
public record Site(
        List<Route> routes,
        Doorkeeper doorkeeper,
        Assets assets,
        List<FrontDoor> frontDoors,
        ProblemPages problemPages,
        ConfirmationPages confirmationPages,
        ServerMetrics metrics,
        Optional<Elsewhere> elsewhere) {
    public Site {
        routes = List.copyOf(routes);
        frontDoors = List.copyOf(frontDoors);
    }

    /** Routes behind a doorkeeper; no assets, no front doors, plain problem pages, none that ask, nothing counted. */
    public static Site of(List<Route> routes, Doorkeeper doorkeeper) {
        return new Site(
                routes,
                doorkeeper,
                Assets.none(),
                List.of(),
                ProblemPages.plain(),
                ConfirmationPages.none(),
                ServerMetrics.NONE,
                Optional.empty());
    }

    public Site with(Assets other) {
        return new Site(routes, doorkeeper, other, frontDoors, problemPages, confirmationPages, metrics, elsewhere);
    }

    public Site behind(FrontDoor... doors) {
        return new Site(
                routes, doorkeeper, assets, List.of(doors), problemPages, confirmationPages, metrics, elsewhere);
    }

    public Site with(ProblemPages other) {
        return new Site(routes, doorkeeper, assets, frontDoors, other, confirmationPages, metrics, elsewhere);
    }

    public Site with(ServerMetrics other) {
        return new Site(routes, doorkeeper, assets, frontDoors, problemPages, confirmationPages, other, elsewhere);
    }

    public Site asking(ConfirmationPages other) {
        return new Site(routes, doorkeeper, assets, frontDoors, problemPages, other, metrics, elsewhere);
    }

    public Site passingOn(Elsewhere other) {
        return new Site(
                routes, doorkeeper, assets, frontDoors, problemPages, confirmationPages, metrics, Optional.of(other));
    }
}
