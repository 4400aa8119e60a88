/** Who may do what: people, organizations, roles, sign-in, tokens, audit. */
module leat.accounts {
    requires transitive leat.kernel;
    requires transitive leat.web;
    requires password4j;

    exports leat.accounts;
    exports leat.accounts.api;
}
