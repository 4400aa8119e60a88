package leat.web.ui;

import java.util.List;
import java.util.Optional;

/**
 * Where one can go from a page, and who one is there.
 *
 * @param home where the product's mark leads
 * @param organization the organization that the page belongs to; empty outside of any
 * @param organizations those that the caller may switch to
 * @param items the modules; a phone shows the first five at its lower edge
 * @param account the caller; empty for nobody
 */
public record Nav(
        String home,
        Optional<String> organization,
        List<Link> organizations,
        List<Item> items,
        Optional<Account> account) {
    /** What a phone's lower edge can hold; {@link #items} beyond it are refused. */
    public static final int MAX_ITEMS = 5;

    public Nav {
        organizations = List.copyOf(organizations);
        items = List.copyOf(items);
        if (items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "A navigation holds at most " + MAX_ITEMS + " items, not " + items.size() + ": make one a child.");
        }
    }

    /** A place with a name. */
    public record Link(String label, String href) {}

    /**
     * A module, or a place inside one.
     *
     * @param current the page shown is this one or below it
     * @param shortcut keys such as {@code g m}, pressed one after the other
     * @param count a number worth seeing from afar, such as parked tasks
     * @param children the places inside; shown while this item is current
     */
    public record Item(
            String label,
            String href,
            Icon icon,
            boolean current,
            Optional<String> shortcut,
            Optional<Integer> count,
            List<Item> children) {
        public Item {
            children = List.copyOf(children);
        }

        public Item(String label, String href, Icon icon, boolean current) {
            this(label, href, icon, current, Optional.empty(), Optional.empty(), List.of());
        }

        public Item shortcut(String keys) {
            return new Item(label, href, icon, current, Optional.of(keys), count, children);
        }

        public Item count(int number) {
            return new Item(label, href, icon, current, shortcut, Optional.of(number), children);
        }

        public Item children(List<Item> inside) {
            return new Item(label, href, icon, current, shortcut, count, inside);
        }
    }

    /**
     * The caller's menu.
     *
     * @param detail a second line, such as the mail address or the role
     * @param signOut where the sign-out form posts to
     */
    public record Account(String name, String detail, List<Link> links, String signOut) {
        public Account {
            links = List.copyOf(links);
        }

        /** Up to two letters that stand for the name. */
        public String initials() {
            return Nav.initials(name);
        }
    }

    static String initials(String name) {
        var letters = new StringBuilder();
        for (var word : name.strip().split("[\\s._-]+", -1)) {
            if (!word.isEmpty() && letters.codePointCount(0, letters.length()) < 2) {
                letters.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
            }
        }
        return letters.isEmpty() ? "?" : letters.toString();
    }

    /** The places inside the current module. */
    public List<Item> inside() {
        return items.stream()
                .filter(Item::current)
                .findFirst()
                .map(Item::children)
                .orElse(List.of());
    }
}
