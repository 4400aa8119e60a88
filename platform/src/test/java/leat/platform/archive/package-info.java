@NullMarked
package leat.platform.archive;

import org.jspecify.annotations.NullMarked;
