package leat.kernel.port;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A node that shares this journal with others: what it can do, and until when it counts as alive.
 *
 * @param node its name, distinct among those that live
 * @param number 0 to 1,023, its own for as long as it is remembered; it goes into the ids that it makes
 * @param roles what it can be the owner of: {@code mocks}, {@code view:mocks.list@v3}
 * @param address where other nodes reach it over HTTP, or empty
 * @param since when its process started; of two processes of one name, the later is the node
 * @param until it is taken for dead from here on, unless it says again that it lives
 */
public record Member(String node, int number, SortedSet<String> roles, String address, Instant since, Instant until) {
    /** The role of a node that must be the only one, for its blobs and logs are files that no other node sees. */
    public static final String ALONE = "node:alone";

    /** How many numbers there are, and so how many nodes. */
    public static final int NUMBERS = 1_024;

    public Member {
        roles = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }

    /** Why a node cannot join those that live, because one of them must be alone; empty when it can. */
    public static Optional<String> obstacle(Collection<Member> known, Write.Join join) {
        boolean alone = join.roles().contains(ALONE);
        return known.stream()
                .filter(other -> !other.node().equals(join.node()) && other.lives(join.now()))
                .filter(other -> alone || other.roles().contains(ALONE))
                .findFirst()
                .map(other -> "the node " + other.node() + " works on the same journal, and "
                        + (alone ? "this one keeps its" : "it keeps its")
                        + " blobs and logs in files that no other node sees; let all nodes keep them in S3, or stop "
                        + other.node());
    }

    /** Whether it counts as alive. */
    public boolean lives(Instant now) {
        return until.isAfter(now);
    }
}
