@NullMarked
package leat.mocks.matching;

import org.jspecify.annotations.NullMarked;
