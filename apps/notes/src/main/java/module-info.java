/** Notes, as far as they are built: the note itself, with its versions and its trash; no edge leads to it yet. */
module leat.notes {
    requires transitive leat.kernel;
    requires io.github.javadiffutils;
    requires org.commonmark;
    requires org.commonmark.ext.autolink;
    requires org.commonmark.ext.gfm.strikethrough;
    requires org.commonmark.ext.gfm.tables;
    requires org.commonmark.ext.task.list.items;
    requires org.snakeyaml.engine;
    requires owasp.java.html.sanitizer;

    exports leat.notes;
}
