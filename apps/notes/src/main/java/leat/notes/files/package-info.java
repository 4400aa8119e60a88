/** Files as people attach them to notes: what they are, what they are called, and small pictures of them. */
@NullMarked
package leat.notes.files;

import org.jspecify.annotations.NullMarked;
