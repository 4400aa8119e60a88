/** Finds the route for a request in time that does not grow with the routes, and gives its answer. */
@NullMarked
package leat.mocks.matching;

import org.jspecify.annotations.NullMarked;
