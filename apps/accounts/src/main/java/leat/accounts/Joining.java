package leat.accounts;

import java.util.Optional;

/**
 * What the page of an invitation says.
 *
 * @param caller the user name of somebody signed in
 */
record Joining(String organization, String role, Optional<String> caller) {}
