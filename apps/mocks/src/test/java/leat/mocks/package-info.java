@NullMarked
package leat.mocks;

import org.jspecify.annotations.NullMarked;
