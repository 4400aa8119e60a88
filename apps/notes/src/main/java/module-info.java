/** Notes, as far as they are built: the note itself, with its versions and its trash; no edge leads to it yet. */
module leat.notes {
    requires transitive leat.kernel;

    exports leat.notes;
}
