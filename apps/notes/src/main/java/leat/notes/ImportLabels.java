package leat.notes;

import leat.web.ui.Status;
import leat.web.ui.Tone;

/** How pages name how far an import is. */
final class ImportLabels {
    private ImportLabels() {}

    static Status pill(Import.Begun it) {
        return switch (it.stage()) {
            case UPLOADING -> Status.of("Being sent", Tone.AMBER);
            case RUNNING -> Status.of(it.dryRun() ? "Being looked through" : "Coming in", Tone.AMBER);
            case DONE -> it.dryRun() ? Status.of("Looked through", Tone.BLUE) : Status.of("Taken in", Tone.GREEN);
            case FAILED -> Status.of("Not readable", Tone.RED);
            case CANCELLED -> Status.of("Cancelled", Tone.GREY);
        };
    }

    static String heading(Import.Begun it) {
        String notes = Labels.counted(it.counts().notes(), "note");
        return switch (it.stage()) {
            case UPLOADING -> "The file is being sent";
            case RUNNING -> it.dryRun() ? "The file is looked through" : "Notes are coming in";
            case DONE -> it.dryRun() ? notes + " would come in" : notes + " came in";
            case FAILED -> "The file could not be read";
            case CANCELLED -> "The import was cancelled; " + notes + " came in before";
        };
    }
}
