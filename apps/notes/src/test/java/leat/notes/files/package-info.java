@NullMarked
package leat.notes.files;

import org.jspecify.annotations.NullMarked;
