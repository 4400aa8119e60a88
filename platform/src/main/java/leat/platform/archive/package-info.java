/** Moving house: all that a Leat keeps as one file, from any engine and into any other. */
@NullMarked
package leat.platform.archive;

import org.jspecify.annotations.NullMarked;
