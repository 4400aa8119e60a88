package leat.notes;

/**
 * How much may be attached to notes and taken in at once.
 *
 * @param fileBytes the largest file, 1 MiB to {@link #LARGEST_FILE_BYTES}
 * @param organizationBytes of all files of an organization; the same bytes count once
 * @param importBytes the largest file that notes are taken from, 1 to {@link #LARGEST_IMPORT_BYTES}
 */
public record NotesSettings(int fileBytes, long organizationBytes, long importBytes) {
    /** What a request can carry, which is held in memory while it comes. */
    public static final int LARGEST_FILE_BYTES = 60 << 20;

    /** What comes in parts, which are stored as they come. */
    public static final long LARGEST_IMPORT_BYTES = 4L << 30;

    /** 25 MiB a file, 2 GiB an organization, 1 GiB an import. */
    public static final NotesSettings USUAL = new NotesSettings(25 << 20, 2L << 30, 1L << 30);

    public NotesSettings {
        if (fileBytes < 1 || fileBytes > LARGEST_FILE_BYTES || organizationBytes < 0) {
            throw new IllegalArgumentException("a file has 1 to " + LARGEST_FILE_BYTES + " bytes");
        }
        if (importBytes < 1 || importBytes > LARGEST_IMPORT_BYTES) {
            throw new IllegalArgumentException("a file to import has 1 to " + LARGEST_IMPORT_BYTES + " bytes");
        }
    }
}
