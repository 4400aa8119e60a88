@NullMarked
package leat.platform;

import org.jspecify.annotations.NullMarked;
