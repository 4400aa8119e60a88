package leat.notes;

/**
 * How much may be attached to notes.
 *
 * @param fileBytes the largest file, 1 MiB to {@link #LARGEST_FILE_BYTES}
 * @param organizationBytes of all files of an organization; the same bytes count once
 */
public record NotesSettings(int fileBytes, long organizationBytes) {
    /** What a request can carry, which is held in memory while it comes. */
    public static final int LARGEST_FILE_BYTES = 60 << 20;

    /** 25 MiB a file, 2 GiB an organization. */
    public static final NotesSettings USUAL = new NotesSettings(25 << 20, 2L << 30);

    public NotesSettings {
        if (fileBytes < 1 || fileBytes > LARGEST_FILE_BYTES || organizationBytes < 0) {
            throw new IllegalArgumentException("a file has 1 to " + LARGEST_FILE_BYTES + " bytes");
        }
    }
}
