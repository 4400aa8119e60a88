package leat.bookmarks;

import java.util.List;
import java.util.Optional;
import leat.accounts.api.Organization;
import leat.web.ui.Action;
import leat.web.ui.FormState;

/**
 * What the page of bookmarks shows.
 *
 * @param mayWrite whether the reader may keep and remove
 * @param next the address of the next page
 * @param form what was typed, and what is wrong with it
 */
record BookmarksPage(
        Organization organization,
        boolean mayWrite,
        List<BookmarkList.Item> items,
        Optional<String> next,
        FormState form) {

    String link(String path) {
        return path + "?organization=" + organization.name();
    }

    Action remove(BookmarkList.Item item) {
        return Action.of("Remove", "DELETE", "/bookmarks/" + item.id()).styled("button-small");
    }
}
