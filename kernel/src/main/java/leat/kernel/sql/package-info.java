/** Plain SQL over JDBC with as little ceremony as possible, for views and engines. */
@NullMarked
package leat.kernel.sql;

import org.jspecify.annotations.NullMarked;
