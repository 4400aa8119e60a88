/** Notes out of the files of other programs, and what is common to reading them. */
@NullMarked
package leat.notes.transfer;

import org.jspecify.annotations.NullMarked;
