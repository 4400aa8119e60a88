package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;
import leat.web.ui.Field;
import leat.web.ui.FormState;
import leat.web.ui.Nav;

/**
 * What the page shows on which a note or a notebook is shared.
 *
 * @param thing {@code note} or {@code notebook}
 * @param path of what is shared: {@code /notes/<id>}
 * @param way to it
 * @param members those with whom it can be shared
 * @param made the address of a link that was made just now
 */
record SharingPage(
        String thing,
        String title,
        String path,
        List<Nav.Link> way,
        List<Person> people,
        List<Person> through,
        List<Field.Option> members,
        FormState state,
        List<Link> links,
        Optional<String> made) {
    static final List<Field.Option> ROLES = List.of(
            new Field.Option(Words.of(ShareRole.VIEWER), "Viewer: reads"),
            new Field.Option(Words.of(ShareRole.COMMENTER), "Commenter: reads and comments"),
            new Field.Option(Words.of(ShareRole.EDITOR), "Editor: also writes, and sees all versions"));

    static final List<Field.Option> DAYS = List.of(
            new Field.Option("1", "1 day"),
            new Field.Option("7", "1 week"),
            new Field.Option("30", "30 days"),
            new Field.Option("90", "90 days"),
            new Field.Option("366", "1 year"));

    /** @param about the role, and the notebook through which it came */
    record Person(String name, String about, Optional<Action> end) {}

    record Link(PublicLinkList.Item link, boolean isOver, Action revoke) {}
}
