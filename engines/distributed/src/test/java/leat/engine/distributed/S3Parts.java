package leat.engine.distributed;

import java.io.IOException;
import java.nio.file.Path;
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.Journal;
import leat.kernel.port.Keys;
import leat.kernel.port.ViewStore;

/** As much of an engine as S3 carries. */
record S3Parts(S3Store store, S3Blobs blobs, S3Logs logs, Bus bus) implements Engine {
    static S3Parts open(S3Store store, Path scratch, Bus bus) throws IOException {
        return new S3Parts(store, new S3Blobs(store, scratch), new S3Logs(store, bus), bus);
    }

    @Override
    public String name() {
        return "only S3";
    }

    @Override
    public Journal journal() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Keys keys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ViewStore views() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        logs.close();
        store.close();
    }
}
