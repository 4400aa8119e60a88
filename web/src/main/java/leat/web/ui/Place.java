package leat.web.ui;

import java.util.List;
import java.util.Optional;

/**
 * An entry of the navigation that a module adds: {@code m.adds(Place.class, …)}.
 *
 * @param href the page that it leads to; it is current there and below
 * @param rank where it stands among the others, lowest first: mocks 10, builds 20, shop 30, notes 40, operations 90
 * @param ownersOnly whether only owners of the installation see it
 */
public record Place(
        String label, String href, Icon icon, Optional<String> shortcut, int rank, boolean ownersOnly, List<Place> inside) {
    public Place {
        inside = List.copyOf(inside);
    }

    public Place(String label, String href, Icon icon, int rank) {
        this(label, href, icon, Optional.empty(), rank, false, List.of());
    }

    /** @param keys such as {@code g m}, pressed one after the other */
    public Place shortcut(String keys) {
        return new Place(label, href, icon, Optional.of(keys), rank, ownersOnly, inside);
    }

    public Place forOwners() {
        return new Place(label, href, icon, shortcut, rank, true, inside);
    }

    /** Places inside this one, listed while it is current. */
    public Place containing(List<Place> places) {
        return new Place(label, href, icon, shortcut, rank, ownersOnly, places);
    }

    Nav.Item at(String path) {
        boolean current = path.equals(href) || path.startsWith(href + "/");
        return new Nav.Item(
                label,
                href,
                icon,
                current,
                shortcut,
                Optional.empty(),
                inside.stream().map(place -> place.at(path)).toList());
    }
}
