package leat.mocks.matching;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.mocks.definition.ParameterType;
import org.jspecify.annotations.Nullable;

/**
 * A place in the automaton of paths: what may follow, in the order in which it is tried.
 *
 * <p>Fixed segments stand in an open-addressing table that is searched with the characters of the raw path, so that
 * nothing is cut out of it. The hash is a polynomial with a secret multiplier, because a mock's author chooses the
 * keys and must not be able to make them collide. A table is one row of numbers and one text of all its keys, so that a
 * look into a large one touches little memory. Immutable, and shared by all places that look the same; see
 * {@link Seedling}.
 */
final class Node {
    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    /** Numbers a slot has in the table: hash, where the key begins, its length, and the offset of what follows. */
    private static final int STRIDE = 4;

    private static final int START = 1;
    private static final int LENGTH = 2;
    private static final int OFFSET = 3;

    /** What follows one way of reading a segment; the offset is added to the numbers of the routes below. */
    record Edge(int offset, Node node) {}

    /** A typed parameter and what follows it. */
    record Typed(ParameterType type, Edge edge) {}

    private final int[] table;
    private final String keys;
    private final @Nullable Node[] nodes;

    /** One bit for each character modulo 64 that a key holds: a quick bound on how much two words differ. */
    private final long[] letters;

    final Typed[] typed;

    final @Nullable Edge free;

    final @Nullable Leaf rest;

    final @Nullable Leaf leaf;

    Node(Map<String, Edge> fixed, List<Typed> typed, @Nullable Edge free, @Nullable Leaf rest, @Nullable Leaf leaf) {
        int size = fixed.isEmpty() ? 0 : Integer.highestOneBit(fixed.size() + fixed.size() / 2) << 1;
        this.table = new int[size * STRIDE];
        this.nodes = new Node[size];
        this.letters = new long[size];
        var text = new StringBuilder();
        fixed.forEach((key, edge) -> place(key, edge, text));
        this.keys = text.toString();
        this.typed = typed.toArray(Typed[]::new);
        this.free = free;
        this.rest = rest;
        this.leaf = leaf;
    }

    private void place(String key, Edge edge, StringBuilder text) {
        int hash = hash(key, 0, key.length());
        int mask = nodes.length - 1;
        int at = hash & mask;
        while (nodes[at] != null) {
            at = (at + 1) & mask;
        }
        nodes[at] = edge.node();
        letters[at] = letters(key);
        int row = at * STRIDE;
        table[row] = hash;
        table[row + START] = text.length();
        table[row + LENGTH] = key.length();
        table[row + OFFSET] = edge.offset();
        text.append(key);
    }

    /** The slot of the fixed segment that stands in the path between the bounds and has this hash, or -1. */
    int find(String path, int start, int end, int hash) {
        int mask = nodes.length - 1;
        if (mask < 0) {
            return -1;
        }
        int length = end - start;
        for (int at = hash & mask; nodes[at] != null; at = (at + 1) & mask) {
            int row = at * STRIDE;
            if (table[row] == hash
                    && table[row + LENGTH] == length
                    && path.regionMatches(start, keys, table[row + START], length)) {
                return at;
            }
        }
        return -1;
    }

    int find(String segment) {
        return find(segment, 0, segment.length(), hash(segment, 0, segment.length()));
    }

    int slots() {
        return nodes.length;
    }

    /** What follows the fixed segment of a slot; null when the slot is empty. */
    @Nullable
    Node at(int slot) {
        return nodes[slot];
    }

    int offset(int slot) {
        return table[slot * STRIDE + OFFSET];
    }

    String key(int slot) {
        int start = table[slot * STRIDE + START];
        return keys.substring(start, start + table[slot * STRIDE + LENGTH]);
    }

    /** Whether a key is this word, written perhaps with other capitals. */
    boolean isButForCase(int slot, String word) {
        return keyLength(slot) == word.length()
                && keys.regionMatches(true, table[slot * STRIDE + START], word, 0, word.length());
    }

    int keyLength(int slot) {
        return table[slot * STRIDE + LENGTH];
    }

    long letters(int slot) {
        return letters[slot];
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

    /** A leaf and what is to be added to its numbers. */
    record Below(int offset, Leaf leaf) {}

    /** The first routes at or below this node, at most some levels down. */
    Optional<Below> somewhereBelow(int levels) {
        return somewhereBelow(levels, 0);
    }

    private Optional<Below> somewhereBelow(int levels, int offset) {
        Leaf here = leaf == null ? rest : leaf;
        if (here != null) {
            return Optional.of(new Below(offset, here));
        }
        if (levels == 0) {
            return Optional.empty();
        }
        Edge next = free == null && typed.length > 0 ? typed[0].edge() : free;
        if (next != null) {
            return next.node().somewhereBelow(levels - 1, offset + next.offset());
        }
        for (int slot = 0; slot < nodes.length; slot++) {
            Node node = nodes[slot];
            if (node != null) {
                return node.somewhereBelow(levels - 1, offset + offset(slot));
            }
        }
        return Optional.empty();
    }
}
