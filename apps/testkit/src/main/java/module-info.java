/** The apps' test kit: an app with a server in front and people to sign in as, for one test. */
module leat.apps.test {
    requires transitive leat.accounts;
    requires transitive leat.cli;
    requires transitive leat.engine.distributed;
    requires transitive leat.kernel.test;
    requires transitive leat.web;

    exports leat.apps.test;
}
