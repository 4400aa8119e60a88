@NullMarked
package leat.mocks.serving;

import org.jspecify.annotations.NullMarked;
