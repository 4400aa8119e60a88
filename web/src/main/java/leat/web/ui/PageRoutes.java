package leat.web.ui;

import java.util.List;
import leat.web.Route;

/**
 * A table of pages that a module adds: {@code m.adds(PageRoutes.class, pages -> new NotesPages(notes, pages).table())}.
 * It is asked once, when every module has been mounted and the navigation is therefore known.
 */
@FunctionalInterface
public interface PageRoutes {
    List<Route> table(Pages pages);
}
