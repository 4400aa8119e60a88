package leat.kernel;

/** A part of Leat that a process hosts or leaves out: its entities, views, processes, tasks and edges, mounted in one place. */
public interface Module {
    /** Lower-case, one word: {@code notes}. It stands in URLs, scopes and the names of views and tasks. */
    String name();

    /** Says what the module consists of. Called once, before anything runs. */
    void define(Definition m);
}
