package leat.notes.text;

import java.io.IOException;
import java.util.List;

/** Takes what is read out of a file of notes; one that only counts makes a dry run. */
public interface NoteSink {
    /**
     * A note and the files that belong to it, which are there only until this returns.
     *
     * @throws IOException ends the reading
     */
    void note(Document document, List<Enclosed> files) throws IOException;

    /** @param why a sentence */
    void leftOut(String name, String why);
}
