/** What a mock's file says: the format, its limits, and diagnostics that point at exact places. */
@NullMarked
package leat.mocks.definition;

import org.jspecify.annotations.NullMarked;
