/** Notes: what a team knows, each with every version it ever had. */
module leat.notes {
    requires transitive leat.kernel;
    requires transitive leat.web;
    requires transitive leat.cli;
    requires io.github.javadiffutils;
    requires java.desktop;
    requires leat.accounts;
    requires lib.recur;
    requires org.commonmark;
    requires org.commonmark.ext.autolink;
    requires org.commonmark.ext.gfm.strikethrough;
    requires org.commonmark.ext.gfm.tables;
    requires org.commonmark.ext.task.list.items;
    requires org.snakeyaml.engine;
    requires owasp.java.html.sanitizer;

    exports leat.notes;

    opens leat.notes to
            info.picocli;
}
