package leat.web.ui;

import java.util.List;
import leat.web.Caller;

/** Knows where a person can switch to: their organizations. The accounts app adds one; without it there is no switcher. */
@FunctionalInterface
public interface Switcher {
    /** Called for each page that is shown, so it must be quick. */
    List<Nav.Link> organizations(Caller.Person person);
}
