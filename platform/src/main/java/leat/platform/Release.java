package leat.platform;

import java.util.Optional;

/** Which Leat this is, as its jar says; one that runs from its classes has no number. */
final class Release {
    static final String VERSION =
            Optional.ofNullable(Release.class.getPackage().getImplementationVersion()).orElse("unreleased");

    private Release() {}
}
