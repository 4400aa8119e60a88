/** Notes: what a team knows, each with every version it ever had. */
@NullMarked
package leat.notes;

import org.jspecify.annotations.NullMarked;
