@NullMarked
package leat.accounts;

import org.jspecify.annotations.NullMarked;
