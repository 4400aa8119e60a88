package leat.platform.archive;

/** Why an archive cannot be taken in, as a sentence for the person who tried. */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ArchiveException(String sentence) {
        super(sentence);
    }
}
