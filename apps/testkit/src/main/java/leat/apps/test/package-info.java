/** What tests of an app share: people to sign in as, a server in front of the app, a command line, a PostgreSQL of their own. */
@NullMarked
package leat.apps.test;

import org.jspecify.annotations.NullMarked;
