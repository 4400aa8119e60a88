@NullMarked
package leat.notes.transfer;

import org.jspecify.annotations.NullMarked;
