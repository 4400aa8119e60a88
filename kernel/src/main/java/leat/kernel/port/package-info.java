/**
 * What an engine provides: the journal, views, blobs, logs and the bus. Modules do not use this package; the runtime
 * does, and each engine implements it and passes the contract suites of the test kit.
 */
@NullMarked
package leat.kernel.port;

import org.jspecify.annotations.NullMarked;
