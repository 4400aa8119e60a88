@NullMarked
package leat.mocks.definition;

import org.jspecify.annotations.NullMarked;
