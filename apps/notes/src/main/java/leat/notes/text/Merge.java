package leat.notes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Two texts that were made from the same one, as one text again: lines that only one of them changed are taken from it;
 * where both changed the same lines differently, both stand side by side for a person to choose.
 *
 * <p>No line that either of them wrote is lost. Lines that touch are not the same lines, but two insertions at one place
 * are a conflict, since nobody can say which comes first.
 */
public record Merge(List<Part> parts) {
    /** A stretch of the result, without the line break after it. */
    public sealed interface Part {}

    /** All that there is to say about these lines. */
    public record Agreed(String text) implements Part {}

    /**
     * Lines that both changed.
     *
     * @param base as they were before
     * @param mine the one text of them; empty when they were removed there
     * @param theirs the other
     */
    public record Conflict(List<String> base, List<String> mine, List<String> theirs) implements Part {
        public Conflict {
            base = List.copyOf(base);
            mine = List.copyOf(mine);
            theirs = List.copyOf(theirs);
        }
    }

    public Merge {
        parts = List.copyOf(parts);
    }

    /** @param base what both were made from */
    public static Merge of(String base, String mine, String theirs) {
        List<String> before = Diff.lines(base);
        return new Merge(new Merging(
                        before,
                        new Side(Diff.lines(mine), Edits.between(before, Diff.lines(mine))),
                        new Side(Diff.lines(theirs), Edits.between(before, Diff.lines(theirs))))
                .parts());
    }

    /** Whether nothing is left for a person to decide. */
    public boolean isClean() {
        return parts.stream().noneMatch(Conflict.class::isInstance);
    }

    /** The whole text; what is in conflict stands in it twice, between the lines that Git and its tools use for it. */
    public String text() {
        return text("mine", "theirs");
    }

    /** The same with names of the caller's for the two sides. */
    public String text(String mine, String theirs) {
        var lines = new ArrayList<String>();
        for (Part part : parts) {
            switch (part) {
                case Agreed(String text) -> lines.add(text);
                case Conflict it -> {
                    lines.add("<<<<<<< " + mine);
                    lines.addAll(it.mine());
                    lines.add("=======");
                    lines.addAll(it.theirs());
                    lines.add(">>>>>>> " + theirs);
                }
            }
        }
        return String.join("\n", lines);
    }

    private record Side(List<String> lines, List<Edits.Edit> edits) {
        /** The lines that stand here for the base's {@code [from, to)}, given the edits that lie within. */
        List<String> standing(List<String> base, int from, int to, List<Edits.Edit> within) {
            var standing = new ArrayList<String>();
            int done = from;
            for (Edits.Edit edit : within) {
                standing.addAll(base.subList(done, edit.from()));
                standing.addAll(lines.subList(edit.newFrom(), edit.newTo()));
                done = edit.to();
            }
            standing.addAll(base.subList(done, to));
            return standing;
        }
    }

    /** One pass over both lists of edits: those that overlap, directly or through others, are decided together. */
    private static final class Merging {
        private final List<String> base;
        private final Side mine;
        private final Side theirs;
        private final List<Part> parts = new ArrayList<>();
        private final List<String> agreed = new ArrayList<>();
        private int done;
        private int nextMine;
        private int nextTheirs;

        Merging(List<String> base, Side mine, Side theirs) {
            this.base = base;
            this.mine = mine;
            this.theirs = theirs;
        }

        List<Part> parts() {
            while (nextMine < mine.edits().size() || nextTheirs < theirs.edits().size()) {
                step();
            }
            agreed.addAll(base.subList(done, base.size()));
            close();
            return parts;
        }

        private void step() {
            var ofMine = new ArrayList<Edits.Edit>();
            var ofTheirs = new ArrayList<Edits.Edit>();
            boolean mineFirst = isMineFirst();
            Edits.Edit first =
                    mineFirst ? mine.edits().get(nextMine) : theirs.edits().get(nextTheirs);
            int from = first.from();
            int to = first.to();
            (mineFirst ? ofMine : ofTheirs).add(first);
            if (mineFirst) {
                nextMine++;
            } else {
                nextTheirs++;
            }
            for (boolean grew = true; grew; ) {
                grew = false;
                while (nextMine < mine.edits().size() && overlaps(mine.edits().get(nextMine), from, to, ofTheirs)) {
                    to = Math.max(to, mine.edits().get(nextMine).to());
                    ofMine.add(mine.edits().get(nextMine++));
                    grew = true;
                }
                while (nextTheirs < theirs.edits().size()
                        && overlaps(theirs.edits().get(nextTheirs), from, to, ofMine)) {
                    to = Math.max(to, theirs.edits().get(nextTheirs).to());
                    ofTheirs.add(theirs.edits().get(nextTheirs++));
                    grew = true;
                }
            }
            decide(from, to, ofMine, ofTheirs);
        }

        private boolean isMineFirst() {
            if (nextMine == mine.edits().size() || nextTheirs == theirs.edits().size()) {
                return nextTheirs == theirs.edits().size();
            }
            Edits.Edit it = mine.edits().get(nextMine);
            Edits.Edit other = theirs.edits().get(nextTheirs);
            ToIntFunction<Edits.Edit> isReplacement = edit -> edit.from() == edit.to() ? 0 : 1;
            return it.from() != other.from()
                    ? it.from() < other.from()
                    : isReplacement.applyAsInt(it) <= isReplacement.applyAsInt(other);
        }

        /** Whether an edit shares lines with the stretch, or inserts where the other side inserts too. */
        private static boolean overlaps(Edits.Edit edit, int from, int to, List<Edits.Edit> others) {
            if (edit.from() < to && edit.to() > from) {
                return true;
            }
            return edit.from() == edit.to()
                    && others.stream().anyMatch(it -> it.from() == it.to() && it.from() == edit.from());
        }

        private void decide(int from, int to, List<Edits.Edit> ofMine, List<Edits.Edit> ofTheirs) {
            agreed.addAll(base.subList(done, from));
            List<String> here = mine.standing(base, from, to, ofMine);
            List<String> there = theirs.standing(base, from, to, ofTheirs);
            if (ofTheirs.isEmpty() || here.equals(there)) {
                agreed.addAll(here);
            } else if (ofMine.isEmpty()) {
                agreed.addAll(there);
            } else {
                close();
                parts.add(new Conflict(base.subList(from, to), here, there));
            }
            done = to;
        }

        private void close() {
            if (!agreed.isEmpty()) {
                parts.add(new Agreed(String.join("\n", agreed)));
                agreed.clear();
            }
        }
    }
}
