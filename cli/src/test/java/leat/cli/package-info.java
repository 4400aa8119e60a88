@NullMarked
package leat.cli;

import org.jspecify.annotations.NullMarked;
