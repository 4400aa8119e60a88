/** The product put together: reads the configuration, opens the engine, mounts the modules, listens, and stops cleanly. */
@NullMarked
package leat.platform;

import org.jspecify.annotations.NullMarked;
