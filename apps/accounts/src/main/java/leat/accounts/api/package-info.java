/** What other modules may ask of accounts. */
@NullMarked
package leat.accounts.api;

import org.jspecify.annotations.NullMarked;
