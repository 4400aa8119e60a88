package leat.mocks.matching;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.mocks.definition.ParameterType;
import org.jspecify.annotations.Nullable;

/**
 * A place in the trie of paths: what may follow, in the order in which it is tried.
 *
 * <p>Fixed segments stand in an open-addressing table that is searched with the characters of the raw path, so that
 * nothing is cut out of it. The hash is a polynomial with a secret multiplier, because a mock's author chooses the
 * keys and must not be able to make them collide. After {@link #freeze} a node does not change.
 */
final class Node {
    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    /** A typed parameter and what follows it. */
    record Typed(ParameterType type, Node node) {}

    private final Map<String, Node> building = new LinkedHashMap<>();
    private final List<Typed> buildingTyped = new ArrayList<>();

    @Nullable
    String[] keys = {};

    int[] hashes = {};

    @Nullable
    Node[] nodes = {};
    /** One bit for each character modulo 64 that a key holds: a quick bound on how much two words differ. */
    long[] letters = {};

    Typed[] typed = {};

    @Nullable
    Node free;

    @Nullable
    Leaf rest;

    @Nullable
    Leaf leaf;

    Node fixed(String segment) {
        return building.computeIfAbsent(segment, key -> new Node());
    }

    Node parameter(ParameterType type) {
        if (type.kind() == ParameterType.Kind.STRING) {
            Node node = free == null ? new Node() : free;
            free = node;
            return node;
        }
        for (Typed known : buildingTyped) {
            if (known.type().equals(type)) {
                return known.node();
            }
        }
        var added = new Typed(type, new Node());
        buildingTyped.add(added);
        return added.node();
    }

    Leaf leaf() {
        Leaf here = leaf == null ? new Leaf() : leaf;
        leaf = here;
        return here;
    }

    Leaf rest() {
        Leaf here = rest == null ? new Leaf() : rest;
        rest = here;
        return here;
    }

    /** Builds the tables of this node and all below it. */
    void freeze() {
        if (!building.isEmpty()) {
            int size = Integer.highestOneBit(building.size()) << 2;
            keys = new String[size];
            nodes = new Node[size];
            hashes = new int[size];
            letters = new long[size];
            building.forEach(this::place);
            building.values().forEach(Node::freeze);
            building.clear();
        }
        // The sort is stable: enums keep the order of the file.
        buildingTyped.sort(Comparator.comparing(child -> child.type().kind()));
        typed = buildingTyped.toArray(Typed[]::new);
        for (Typed child : typed) {
            child.node().freeze();
        }
        if (free != null) {
            free.freeze();
        }
    }

    private void place(String key, Node node) {
        int hash = hash(key, 0, key.length());
        int mask = keys.length - 1;
        int at = hash & mask;
        while (keys[at] != null) {
            at = (at + 1) & mask;
        }
        keys[at] = key;
        nodes[at] = node;
        hashes[at] = hash;
        letters[at] = letters(key);
    }

    /** The node after the fixed segment that stands in the path between the bounds and has this hash. */
    @Nullable
    Node find(String path, int start, int end, int hash) {
        int mask = keys.length - 1;
        if (mask < 0) {
            return null;
        }
        int at = hash & mask;
        for (String key = keys[at]; key != null; key = keys[at]) {
            if (hashes[at] == hash && key.length() == end - start && path.startsWith(key, start)) {
                return nodes[at];
            }
            at = (at + 1) & mask;
        }
        return null;
    }

    static int hash(String text, int start, int end) {
        long hash = 0;
        for (int i = start; i < end; i++) {
            hash = hashStep(hash, text.charAt(i));
        }
        return hashEnd(hash);
    }

    static long hashStep(long hash, char c) {
        return (hash + c + 1) * MULTIPLIER;
    }

    static int hashEnd(long hash) {
        return (int) ((hash >>> 32) ^ (hash >>> 11));
    }

    static long letters(String word) {
        long letters = 0;
        for (int i = 0; i < word.length(); i++) {
            letters |= 1L << (word.charAt(i) & 63);
        }
        return letters;
    }

    /** The first route at or below this node, at most some levels down. */
    Optional<Leaf> somewhereBelow(int levels) {
        if (leaf != null) {
            return Optional.of(leaf);
        }
        if (rest != null) {
            return Optional.of(rest);
        }
        if (levels == 0) {
            return Optional.empty();
        }
        Node next = free;
        if (next == null) {
            next = typed.length > 0
                    ? typed[0].node()
                    : Arrays.stream(nodes)
                            .filter(node -> node != null)
                            .findFirst()
                            .orElse(null);
        }
        return next == null ? Optional.empty() : next.somewhereBelow(levels - 1);
    }
}
