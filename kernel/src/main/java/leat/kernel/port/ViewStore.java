package leat.kernel.port;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import leat.kernel.sql.Dialect;
import leat.kernel.sql.Sql;

/**
 * Where views keep their tables; whatever is here can be rebuilt from the journal.
 *
 * <p>Each view has a database of its own in which its table names stand alone. A view is opened by name and tag; the tag
 * says which code shaped its tables, so a new tag begins empty and the old one's tables are dropped by {@link #retire}.
 */
public interface ViewStore {
    /** The database that {@code schema} is written for. */
    Dialect dialect();

    /** Opens a view's database, making it with {@code schema} when it is new. A damaged one is thrown away and made anew. */
    Database open(String view, String tag, List<String> schema);

    /** Makes an empty database beside the live one, to be filled and then swapped in. */
    Database beside(String view, String tag, List<String> schema);

    /** Puts {@code rebuilt} in the place of the live database at once; readers under way finish on the old one. */
    Database swap(Database live, Database rebuilt);

    /** Drops what other tags of this view have left. */
    void retire(String view, String tag);

    /** One view's tables. One thread writes at a time; any number read. */
    interface Database extends AutoCloseable {
        /** Runs in one transaction, undone when the work throws. */
        void write(Consumer<Sql> work);

        /** Runs on a consistent snapshot of the tables; must not write. */
        <T> T read(Function<Sql, T> work);

        @Override
        void close();
    }
}
