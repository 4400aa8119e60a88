package leat.kernel.sql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import leat.kernel.port.Member;
import leat.kernel.port.Outcome;
import leat.kernel.port.Write;

/**
 * The nodes that share a journal, as rows of its table {@code member (node, number, roles, address, since, until)}; the
 * same for every journal in SQL. Whoever joins must have locked the table, or be the only one who writes.
 */
public final class Members {
    private Members() {}

    /** All that are not forgotten, by name. */
    public static List<Member> all(Sql sql) {
        return sql.query(
                "select node, number, roles, address, since, until from member order by node",
                row -> new Member(
                        row.text(1), row.integer(2), roles(row.text(3)), row.text(4), row.time(5), row.time(6)));
    }

    private static SortedSet<String> roles(String words) {
        return words.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(words.split(" ")));
    }

    /** @see Write.Join */
    public static Outcome join(Sql sql, Write.Join join) {
        Instant since = join.since().truncatedTo(ChronoUnit.MILLIS);
        List<Member> all = all(sql);
        Optional<Member> known =
                all.stream().filter(member -> member.node().equals(join.node())).findFirst();
        if (known.isPresent() && known.get().since().isAfter(since)) {
            return new Outcome.Fenced("another process is called " + join.node() + " since "
                    + known.get().since() + "; give each node a name of its own");
        }
        Optional<String> obstacle = Member.obstacle(all, join);
        if (obstacle.isPresent()) {
            return new Outcome.Fenced(obstacle.get());
        }
        int number = known.isPresent() ? known.get().number() : free(sql, join.now());
        if (number == Member.NUMBERS) {
            return new Outcome.Fenced(Member.NUMBERS + " nodes have joined already");
        }
        Instant until = join.now().plus(join.length()).truncatedTo(ChronoUnit.MILLIS);
        sql.execute(
                "insert into member (node, number, roles, address, since, until) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (node) do update set roles = excluded.roles, address = excluded.address,"
                        + " since = excluded.since, until = excluded.until",
                join.node(),
                number,
                String.join(" ", join.roles()),
                join.address(),
                since,
                until);
        return new Outcome.Joined(new Member(join.node(), number, join.roles(), join.address(), since, until));
    }

    /** The lowest number that is nobody's, once those who have been dead for long are forgotten. */
    private static int free(Sql sql, Instant now) {
        sql.execute("delete from member where until < ?", now.minus(Write.NODE_MEMORY));
        int number = 0;
        for (int taken : sql.query("select number from member order by number", row -> row.integer(1))) {
            if (taken > number) {
                break;
            }
            number = taken + 1;
        }
        return number;
    }

    /** @see Write.Leave */
    public static Outcome leave(Sql sql, Write.Leave leave) {
        sql.execute(
                "update member set until = ? where node = ? and since = ?",
                leave.now(),
                leave.node(),
                leave.since().truncatedTo(ChronoUnit.MILLIS));
        return new Outcome.Done();
    }
}
