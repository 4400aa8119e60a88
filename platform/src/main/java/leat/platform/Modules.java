package leat.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import leat.kernel.Module;

/** The modules that this release has, in the order in which they are mounted. */
final class Modules {
    private Modules() {}

    /**
     * @param names of those to run; empty means all
     * @throws StartFailure when one is unknown
     */
    static List<Module> named(List<String> names, List<Module> all) {
        if (names.isEmpty()) {
            return all;
        }
        var chosen = new ArrayList<Module>();
        for (String name : names) {
            Optional<Module> module =
                    all.stream().filter(one -> one.name().equals(name)).findFirst();
            chosen.add(module.orElseThrow(() -> StartFailure.misconfigured("There is no module \"" + name + "\"; there are "
                    + all.stream().map(Module::name).collect(Collectors.joining(", ")) + ".")));
        }
        return chosen;
    }
}
