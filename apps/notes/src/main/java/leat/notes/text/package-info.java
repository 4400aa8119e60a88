/** What is done to the text of notes, without a note in sight: rendering, links, tags, differences, merging, files. */
@NullMarked
package leat.notes.text;

import org.jspecify.annotations.NullMarked;
