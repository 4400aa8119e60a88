/** Answers requests to published mocks on the event loop, and remembers the last of them. */
@NullMarked
package leat.mocks.serving;

import org.jspecify.annotations.NullMarked;
