package leat.engine.distributed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import leat.kernel.port.Engine;
import leat.kernel.port.LocalBus;
import leat.kernel.test.LogsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Logs in S3 keep the promises of all logs. */
class S3LogsContractTest extends LogsContract {
    private static final AtomicInteger TESTS = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static PrivateS3 server;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path scratch;

    private final String prefix = "logs " + TESTS.incrementAndGet() + "/";

    @BeforeAll
    static void startServer() throws Exception {
        server = new PrivateS3();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected Engine open() throws IOException {
        return S3Parts.open(new S3Store(server.settings(prefix)), scratch, new LocalBus());
    }
}
