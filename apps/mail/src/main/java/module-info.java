/** Mail: sends letters by a mail server of the operator's choice. */
module leat.mail {
    requires transitive leat.kernel;
    requires transitive leat.web;
    requires jakarta.mail;

    exports leat.mail;
}
