/** Mocks: APIs that answer before they exist, written as a file, published as one immutable artefact each. */
@NullMarked
package leat.mocks;

import org.jspecify.annotations.NullMarked;
