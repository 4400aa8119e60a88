/** Webhooks: programs elsewhere that are told what happens in an organization. */
module leat.webhooks {
    requires transitive leat.kernel;
    requires transitive leat.web;
    requires transitive leat.cli;
    requires leat.accounts;

    exports leat.webhooks;

    opens leat.webhooks to
            info.picocli;
}
