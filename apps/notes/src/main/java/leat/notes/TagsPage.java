package leat.notes;

import java.util.List;

/** What the page of tags shows: each with how many notes have it or one below it, in five sizes. */
record TagsPage(Scope scope, List<NoteList.TagCount> tags) {
    /** From 1, of the rarest, to 5, of the most frequent; by orders of magnitude, for a few tags have most notes. */
    int size(NoteList.TagCount tag) {
        int most = tags.stream().mapToInt(NoteList.TagCount::notes).max().orElse(1);
        return most == 1 ? 2 : 1 + (int) Math.round(4 * Math.log(tag.notes()) / Math.log(most));
    }

    String link(NoteList.TagCount tag) {
        return scope.link("/notes?tag=" + NoteQuery.encoded(tag.tag()));
    }
}
