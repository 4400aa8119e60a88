package leat.kernel.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import leat.kernel.port.PartitionId;

/**
 * Says which node should own each partition of a module, from nothing but the names of the nodes that live: whoever knows
 * the same names comes to the same owners, without a word between them.
 *
 * <p>Rendezvous hashing (Thaler and Ravishankar, 1998) with shares: each pair of partition and node has a score, the
 * highest pairs are taken first, and no node takes more than its share. So the numbers of partitions of any two nodes
 * differ by one at most, and most partitions stay where they are when a node joins or leaves. What the shares cost is
 * that some partitions move between nodes that stay.
 *
 * <p>This is advice about where to look for a partition and whose it should become. Nodes that know different names
 * disagree for a while; only the epoch that the journal checks decides who may write.
 */
final class Assignment {
    private Assignment() {}

    private record Pair(PartitionId partition, String node, long score) {}

    private static final Comparator<Pair> HIGHEST_FIRST = Comparator.comparingLong(Pair::score)
            .reversed()
            .thenComparing(pair -> pair.partition().toString())
            .thenComparing(Pair::node);

    /**
     * The owner of each partition; empty when no node lives.
     *
     * @param nodes the live nodes that host the module of these partitions
     * @param partitions all partitions of that module; the order does not matter
     */
    static SortedMap<PartitionId, String> owners(Set<String> nodes, Collection<PartitionId> partitions) {
        SortedMap<PartitionId, String> owners = new TreeMap<>();
        if (nodes.isEmpty()) {
            return owners;
        }
        Set<PartitionId> distinct = new HashSet<>(partitions);
        List<Pair> pairs = new ArrayList<>(distinct.size() * nodes.size());
        for (PartitionId partition : distinct) {
            for (String node : nodes) {
                pairs.add(new Pair(partition, node, score(partition + " " + node)));
            }
        }
        pairs.sort(HIGHEST_FIRST);

        int share = distinct.size() / nodes.size();
        int oneMore = distinct.size() % nodes.size();
        Map<String, Integer> taken = new HashMap<>();
        for (Pair pair : pairs) {
            int has = taken.getOrDefault(pair.node(), 0);
            if (owners.containsKey(pair.partition()) || has > share || (has == share && oneMore == 0)) {
                continue;
            }
            if (has == share) {
                oneMore--;
            }
            owners.put(pair.partition(), pair.node());
            taken.put(pair.node(), has + 1);
        }
        return owners;
    }

    /** FNV-1a over the characters, then the finalizer of SplitMix64; the same on every machine and for all time. */
    private static long score(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
