package leat.notes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import leat.notes.text.Merge;

/**
 * What two people made of the same content, as one: of each field the one that was changed, of the text the lines of both.
 *
 * @param content the whole; where both changed the same, it has mine, and in the text both
 * @param undecided the fields in which that is so, by their names in forms
 */
record ContentMerge(Content content, List<String> undecided) {
    ContentMerge {
        undecided = List.copyOf(undecided);
    }

    /** @param base what both were made from */
    static ContentMerge of(Content base, Content mine, Content theirs) {
        var undecided = new ArrayList<String>();
        Merge body = Merge.of(base.body(), mine.body(), theirs.body());
        if (!body.isClean()) {
            undecided.add("body");
        }
        return new ContentMerge(
                new Content(
                        field("title", base.title(), mine.title(), theirs.title(), undecided),
                        body.text(),
                        field("due", base.due(), mine.due(), theirs.due(), undecided),
                        field("start", base.start(), mine.start(), theirs.start(), undecided),
                        field("end", base.end(), mine.end(), theirs.end(), undecided),
                        field("url", base.url(), mine.url(), theirs.url(), undecided),
                        field("status", base.status(), mine.status(), theirs.status(), undecided),
                        field("access", base.access(), mine.access(), theirs.access(), undecided),
                        field("color", base.color(), mine.color(), theirs.color(), undecided),
                        tags(base.tags(), mine.tags(), theirs.tags())),
                undecided);
    }

    private static <T> T field(String name, T base, T mine, T theirs, List<String> undecided) {
        if (mine.equals(base)) {
            return theirs;
        }
        if (!theirs.equals(base) && !theirs.equals(mine)) {
            undecided.add(name);
        }
        return mine;
    }

    /** Those of both, without those that either took away. */
    private static List<String> tags(List<String> base, List<String> mine, List<String> theirs) {
        Set<String> all = new LinkedHashSet<>(theirs);
        all.addAll(mine);
        all.removeIf(tag -> base.contains(tag) && !(mine.contains(tag) && theirs.contains(tag)));
        return List.copyOf(all);
    }
}
