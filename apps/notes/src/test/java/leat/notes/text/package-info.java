@NullMarked
package leat.notes.text;

import org.jspecify.annotations.NullMarked;
