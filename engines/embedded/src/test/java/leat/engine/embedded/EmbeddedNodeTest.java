package leat.engine.embedded;

import java.nio.file.Path;
import leat.kernel.port.Engine;
import leat.kernel.test.NodeContract;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedNodeTest extends NodeContract {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    @Override
    protected Engine open() {
        return EmbeddedEngine.open(folder, EmbeddedSettings.DEFAULT);
    }
}
