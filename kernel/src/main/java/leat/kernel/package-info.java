@NullMarked
package leat.kernel;

import org.jspecify.annotations.NullMarked;
