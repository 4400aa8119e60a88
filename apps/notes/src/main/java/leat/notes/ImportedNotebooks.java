package leat.notes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import leat.kernel.Envelope;
import leat.kernel.Reader;
import leat.kernel.RefusedException;

/**
 * The notebooks that the folders of a file become, for one run of an import.
 *
 * <p>A folder becomes a notebook of its name that is the importer's own and that nobody else sees, and that is made if there
 * is none: so what somebody takes in is never shared by a name alone.
 */
final class ImportedNotebooks {
    /** Notebooks of one name in one place; the next one is not made. */
    private static final int MAX_NUMBER = 100;

    private final Notebooks notebooks;
    private final Reader links;
    private final Import.Owner owner;
    private final boolean dryRun;
    private final BiConsumer<String, String> leftOut;
    private final Naming naming;
    private final Map<String, Optional<String>> places = new HashMap<>();
    private final Map<Key, String> own = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private int all;

    /** Where a notebook is, and its name as others are compared with it. */
    private record Key(Optional<String> parent, String name) {}

    /** Makes the same ids and envelopes of the same parts, whenever a run of this import is repeated. */
    interface Naming {
        String id(String... parts);

        Envelope envelope(String id, String deed);
    }

    /**
     * @param links the public ones
     * @param leftOut is told a folder and why it does not become a notebook
     */
    ImportedNotebooks(
            Notebooks notebooks,
            Reader links,
            Import.Owner owner,
            boolean dryRun,
            Naming naming,
            BiConsumer<String, String> leftOut) {
        this.notebooks = notebooks;
        this.links = links;
        this.owner = owner;
        this.dryRun = dryRun;
        this.naming = naming;
        this.leftOut = leftOut;
        List<NotebookList.Item> known = notebooks.list().read(sql -> NotebookList.all(sql, owner.organization()));
        this.all = known.size();
        Set<String> hidden = new HashSet<>();
        known.stream().filter(this::isHidden).forEach(it -> hidden.add(it.id()));
        known.stream()
                .filter(it -> hidden.contains(it.id())
                        && it.parent().map(hidden::contains).orElse(true))
                .forEach(it -> own.putIfAbsent(new Key(it.parent(), key(it.name())), it.id()));
    }

    private boolean isHidden(NotebookList.Item it) {
        return it.stands()
                && it.author().equals(owner.person())
                && it.access() == Content.Access.PRIVATE
                && notebooks.entities().get(it.id()).state() instanceof Notebook.Kept kept
                && kept.shares().isEmpty()
                && links.read(sql -> PublicLinkList.of(sql, it.id())).isEmpty();
    }

    /** How many have been made in this run, or would be. */
    int made() {
        return made.size();
    }

    /**
     * The notebook for what lies in a folder.
     *
     * @param folder names with slashes between them
     * @return empty at the top, and where no notebook can be made; in a dry run also for one that would be made
     */
    Optional<String> of(String folder) {
        return places.computeIfAbsent(folder, this::found);
    }

    private Optional<String> found(String folder) {
        List<String> names = names(folder);
        if (names.size() > Notebook.MAX_DEPTH) {
            leftOut.accept(
                    folder,
                    "Notebooks lie up to " + Notebook.MAX_DEPTH
                            + " deep in each other; what is in this folder lies in the last of them.");
        }
        Optional<String> place = Optional.empty();
        for (String name : names.stream().limit(Notebook.MAX_DEPTH).toList()) {
            var key = new Key(place, key(name));
            if (!own.containsKey(key)) {
                if (all == Notebooks.MAX) {
                    leftOut.accept(
                            folder,
                            "An organization has at most " + Notebooks.MAX
                                    + " notebooks; what is in this folder lies in none or in one further out.");
                    return place;
                }
                own.put(key, dryRun ? id(key, 1) : created(key, name));
            }
            String id = own.getOrDefault(key, "");
            if (id.equals(id(key, 1))) {
                // Also when an earlier try of the same run has made it.
                made.add(id);
            }
            place = Optional.of(id);
        }
        return place;
    }

    private String id(Key key, int number) {
        return naming.id("notebook", key.parent().orElse(""), key.name(), Integer.toString(number));
    }

    /** Under its name, or with a number behind it when another's is called so. */
    private String created(Key place, String name) {
        for (int number = 1; ; number++) {
            String called = number == 1 ? name : cut(name, Notebook.MAX_NAME - 6) + " (" + number + ")";
            var key = new Key(place.parent(), key(called));
            if (own.containsKey(key)) {
                return own.getOrDefault(key, "");
            }
            String id = id(place, number);
            var draft = new Notebook.Draft(called, place.parent(), Optional.empty(), Content.Access.PRIVATE);
            try {
                var command = new Notebook.Command.Create(owner.organization(), draft);
                notebooks.entities().tell(id, command, naming.envelope(id, "create"));
                all++;
                made.add(id);
                return id;
            } catch (RefusedException e) {
                if (!e.refusal().code().equals("notebook.taken") || number == MAX_NUMBER) {
                    throw e;
                }
            }
        }
    }

    private static List<String> names(String folder) {
        var names = new ArrayList<String>();
        for (String part : folder.split("/", -1)) {
            String name = part.codePoints()
                    .map(it -> Character.isISOControl(it) || Content.isHalf(it) ? ' ' : it)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .strip();
            if (!name.isBlank()) {
                names.add(cut(name, Notebook.MAX_NAME).strip());
            }
        }
        return names;
    }

    private static String cut(String name, int most) {
        return name.codePointCount(0, name.length()) <= most
                ? name
                : name.substring(0, name.offsetByCodePoints(0, most));
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
